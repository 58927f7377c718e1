/** The built-in model could not be fetched; the message says why and what to do. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}
