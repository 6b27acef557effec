import type { Waiting, WaitingStore } from "./upload-queue";

const NAME = "muster-uploads";
const TABLE = "waiting";

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function table(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: "id" });
  const database = await settled(opening);
  const transaction = database.transaction(TABLE, mode);
  // A connection left open would hold up another page's upgrade.
  transaction.oncomplete = () => database.close();
  transaction.onabort = () => database.close();
  return transaction.objectStore(TABLE);
}

/** The browser's own database; every call fails where there is none, as in some private windows. */
export const waitingStore: WaitingStore = {
  all: async () => settled<Waiting[]>((await table("readonly")).getAll()),
  put: async (item) => void (await settled((await table("readwrite")).put(item))),
  drop: async (id) => void (await settled((await table("readwrite")).delete(id))),
};
