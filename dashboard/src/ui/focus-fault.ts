/** Once it is drawn: the cursor goes to the first field of a form that is wrong, however far from its button. */
export function focusFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
