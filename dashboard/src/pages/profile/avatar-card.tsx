import { useState } from 'react'
import { api, postBlob } from '../../api/client.ts'
import { useAction } from '../../data/use-action.ts'
import { useUser } from '../../session/use-session.ts'
import { reloadProfile, useProfile } from '../../shell/profile.ts'
import { t } from '../../texts/index.ts'
import { cutPicture } from '../../ui/avatar-crop.ts'
import { AvatarPicker, type Picked } from '../../ui/avatar-picker.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FormProblem, SubmitButton } from '../../ui/form-problem.tsx'
import { imageIcon } from '../../ui/icon-shapes.ts'
import { SureDialog } from '../../ui/sure-dialog.tsx'
import { toast } from '../../ui/toast.tsx'

const PATH = '/api/auth/profile/avatar'

export function AvatarCard() {
  const texts = t.profile
  const user = useUser()
  const { profile, avatarUrl } = useProfile()
  const [picked, setPicked] = useState<Picked | null>(null)
  const [isRemoving, setRemoving] = useState(false)
  const save = useAction(async (chosen: Picked) => {
    await postBlob(PATH, await cutPicture(chosen.picture, chosen.crop))
    await reloadProfile()
    setPicked(null)
    toast(texts.saved)
  })
  const remove = async () => {
    await api.delete(PATH)
    await reloadProfile()
    toast(texts.removed)
  }
  const name = profile?.display_name || user?.username || ''
  return (
    <Card title={texts.avatar} icon={imageIcon}>
      <AvatarPicker name={name} value={picked} onChange={setPicked} url={avatarUrl} />
      <FormProblem problem={save.problem} />
      {picked ? (
        <div>
          <SubmitButton type="button" problem={save.problem} isBusy={save.isBusy} onClick={() => void save.run(picked)}>
            {texts.save}
          </SubmitButton>
        </div>
      ) : (
        profile?.has_avatar && (
          <div>
            <Button size="small" look="danger" onClick={() => setRemoving(true)}>
              {texts.remove}
            </Button>
          </div>
        )
      )}
      <SureDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={texts.removeTitle}
        lead={texts.removeLead}
        verb={texts.remove}
        act={remove}
      />
    </Card>
  )
}
