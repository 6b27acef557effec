/** The part of autocannon the benchmark uses; the package brings no types. */
declare module "autocannon" {
  interface Client {
    on(event: "response", listener: (status: number, bytes: number, milliseconds: number) => void): void;
  }
  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    headers: Record<string, string>;
    setupClient: (client: Client) => void;
  }
  interface Result {
    requests: { average: number };
    errors: number;
    non2xx: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
