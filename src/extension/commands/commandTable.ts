/** The shape of the commands. Names are those of the manifest without `valueActionLens.`. */

/** What a command does with its arguments, if it was given any. A rejection is shown to the user. */
export type CommandHandler = (argument?: unknown, options?: unknown) => void | Promise<void>;
export type CommandTable = Readonly<Record<string, CommandHandler>>;
