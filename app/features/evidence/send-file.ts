import { evidenceAddress } from "./model";
import type { SendAnswer, Waiting } from "./upload-queue";

/** Longest edge that the server keeps, and from where it pays to make a photo small before it is sent. */
const LONGEST_EDGE = 2560;
const WORTH_SHRINKING = 1024 * 1024;

/**
 * Draws a large photo again at the size the server keeps: on a weak network that is a minute less, and the place it
 * was taken at never leaves the phone. Where the browser cannot, it goes as it is and the server does the same.
 */
async function smaller(file: Blob): Promise<Blob> {
  if (file.size < WORTH_SHRINKING || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_EDGE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
    return drawn && drawn.size < file.size ? drawn : file;
  } catch {
    // What the browser cannot read, the server says a sentence about.
    return file;
  }
}

/** Sends one file and says how the server answered; never throws. */
export async function sendFile(item: Waiting, onShare: (share: number) => void): Promise<SendAnswer> {
  const form = new FormData();
  form.append("title", item.title);
  form.append("expiresOn", item.expiresOn);
  form.append("file", await smaller(item.file), "file");
  return new Promise((resolve) => {
    // fetch says nothing of how much has been sent.
    const request = new XMLHttpRequest();
    request.open("POST", evidenceAddress(item.subject).replace("?", "/send?"));
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 300_000;
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => resolve({ kind: "unreachable" });
    request.ontimeout = () => resolve({ kind: "unreachable" });
    request.onabort = () => resolve({ kind: "unreachable" });
    request.send(form);
  });
}

function answerOf({ status, responseText }: XMLHttpRequest): SendAnswer {
  if (status === 200 || status === 201) return { kind: "stored" };
  if (status === 401) return { kind: "signed_out" };
  if (status === 0 || status === 429 || status >= 500) return { kind: "unreachable" };
  try {
    const { title = "" } = JSON.parse(responseText) as { title?: string };
    return { kind: "refused", message: title };
  } catch {
    return { kind: "refused", message: "" };
  }
}
