/** Parameters of a request as Stripe's clients send them: `metadata[purpose]=tip` becomes `metadata: { purpose: 'tip' }`. */
export type Form = { readonly [name: string]: string | undefined };

/** Reads a form-encoded body into flat names, such as `metadata[purpose]`. */
export function readForm(body: string): Form {
  return Object.fromEntries(new URLSearchParams(body));
}

/** The metadata of a request. */
export function metadataOf(form: Form): Record<string, string> {
  const pairs = Object.entries(form).flatMap(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
    return key !== undefined && value !== undefined ? [[key, value] as const] : [];
  });
  return Object.fromEntries(pairs);
}
