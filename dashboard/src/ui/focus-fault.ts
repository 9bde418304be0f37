/**
 * The cursor goes to the first field of a form that is wrong, however far from its button. What was just found is drawn a
 * frame or more later; after so many there is no fault.
 */
export function focusFault(form: HTMLFormElement, frames = 30): void {
  requestAnimationFrame(() => {
    const field = form.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (field) field.focus()
    else if (frames > 1) focusFault(form, frames - 1)
  })
}
