import type { ReactNode } from "react";

/** What the phone's chooser offers; what a file really is, its content says on the server. */
export const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,application/pdf";

interface Props {
  label: ReactNode;
  /** Opens the camera of a phone instead of its folders. */
  camera?: boolean;
  className?: string;
  onFiles(files: File[]): void;
}

/** A button that asks for files, for pages whose scripts send them. */
export function PickFiles({ label, camera = false, className = "", onFiles }: Props) {
  return (
    <label
      className={`inline-flex min-h-control cursor-pointer items-center rounded border border-line-strong bg-surface px-3.5 focus-within:outline focus-within:outline-2 focus-within:outline-accent hover:border-accent ${className}`}
    >
      {label}
      <input
        type="file"
        {...(camera ? { accept: "image/*", capture: "environment" as const } : { accept: ACCEPTED })}
        multiple={!camera}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </label>
  );
}
