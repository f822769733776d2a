type OptionalKey<Fields> = {
  [Key in keyof Fields]-?: undefined extends Fields[Key] ? Key : never;
}[keyof Fields];

/** The fields, where those that may be `undefined` are optional instead. */
export type Defined<Fields> = Omit<Fields, OptionalKey<Fields>> & {
  readonly [Key in OptionalKey<Fields>]?: Exclude<Fields[Key], undefined>;
};

/** The fields without those that are `undefined`: a fact does not carry what the event does not say. */
export function defined<const Fields extends object>(fields: Fields): Defined<Fields>;
export function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
