// @ts-check
// Preloaded into the server: when the launcher is killed without a chance to say so (SIGKILL, a crash), the
// server ends too instead of holding the port. The channel must not keep a stopping server alive.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
