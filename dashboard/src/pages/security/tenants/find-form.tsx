import { type FormEvent, useState } from 'react'
import { goTo } from '../../../router.ts'
import { texts } from '../../../texts/tenants.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { searchIcon } from '../../../ui/icon-shapes.ts'

export function FindForm({ wanted }: { wanted: string }) {
  const [typed, setTyped] = useState(wanted)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    goTo('security', 'tenants', ...(typed.trim() ? ['find', typed.trim()] : []))
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-3">
      <Field
        label={texts.find}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        translate="no"
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="max-w-sm flex-1 basis-48"
      />
      <Button type="submit" icon={searchIcon}>
        {texts.search}
      </Button>
      {wanted !== '' && (
        <Button look="quiet" onClick={() => goTo('security', 'tenants')}>
          {texts.clear}
        </Button>
      )}
    </form>
  )
}
