import { useState } from 'react'
import { root, urlOf } from '../../../api/place.ts'
import { useTenant } from '../../../session/panel.ts'
import { useHostInfo } from '../../../shell/host-info.tsx'
import { t } from '../../../texts/index.ts'
import { GuideLink } from '../../../ui/guide-link.tsx'
import { Select } from '../../../ui/select.tsx'
import { SecretLine } from '../secret-line.tsx'
import { type RecipeName, recipes } from './recipes.ts'

const names = Object.keys(recipes) as RecipeName[]

/** Texts to copy for the program that will use the token. */
function Recipes({ token }: { token: string }) {
  const texts = t.security.tokens
  const [name, setName] = useState<RecipeName>('curl')
  const hostname = useHostInfo().data?.hostname ?? root.hostname
  const files = recipes[name]({ base: root.href, token, host: hostname.split('.')[0]! })
  return (
    <>
      <Select<RecipeName>
        label={texts.recipe}
        hint={texts.recipeHint}
        value={name}
        onChange={setName}
        options={names.map((value) => ({ value, label: texts.recipes[value] }))}
      />
      {name === 'homeAssistant' && <GuideLink section="home-assistant" about={texts.recipes.homeAssistant} />}
      {files.map(({ place, text }) => (
        <SecretLine key={`${name} ${place}`} label={place} text={text} copy={texts.copyRecipe(place)} />
      ))}
    </>
  )
}

/** A new token, shown only once, with texts for the programs that use it. */
export function MintedToken({ token }: { token: string }) {
  const texts = t.security.tokens
  const isTenant = useTenant() !== null
  return (
    <>
      <SecretLine label={texts.token} text={token} copy={texts.copyToken} />
      {isTenant ? (
        <SecretLine
          label="sh"
          text={`curl -H 'Authorization: Bearer ${token}' '${urlOf('api/auth/me')}'`}
          copy={texts.copyRecipe('sh')}
        />
      ) : (
        <Recipes token={token} />
      )}
    </>
  )
}
