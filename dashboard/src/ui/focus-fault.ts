/**
 * Focuses the first invalid field of a form. Errors may render a frame or more later, so it checks this many frames
 * before it gives up.
 */
export function focusFault(form: HTMLFormElement, frames = 30): void {
  requestAnimationFrame(() => {
    const field = form.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (field) field.focus()
    else if (frames > 1) focusFault(form, frames - 1)
  })
}
