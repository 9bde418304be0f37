import { texts } from '../../../texts/gateway.ts'
import { Fact, Facts } from '../../../ui/facts.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { type Draft, networksOf } from './draft.ts'
import type { Options } from './gateway.ts'

/** All choices before the deployment. */
export function ReviewStep({ draft, options }: { draft: Draft; options: Options }) {
  const words = texts.wizard
  const [template] = options.templates
  const yesOrNo = (isOn: boolean) => (isOn ? words.yes : words.no)
  return (
    <>
      <Facts isWide>
        <Fact name={words.hostname}>
          <span translate="no">{draft.hostname}</span>
        </Fact>
        <Fact name={words.container}>{words.containerText(options.next_vmid)}</Fact>
        <Fact name={words.storage}>
          <span translate="no">{draft.storage}</span>
        </Fact>
        <Fact name={words.bridge}>
          <span translate="no">{draft.bridge}</span>
        </Fact>
        <Fact name={words.template}>{template === undefined ? words.templateMissing : words.templatePresent}</Fact>
        <Fact name={texts.key.label}>{words.keyText}</Fact>
        <Fact name={words.access}>
          <span translate="no">{networksOf(draft.access, draft, options).join(', ')}</span>
        </Fact>
        <Fact name={words.exitNode}>{yesOrNo(draft.exitNode)}</Fact>
        <Fact name={words.acceptRoutes}>{yesOrNo(draft.acceptRoutes)}</Fact>
      </Facts>
      <Notice>{words.approval}</Notice>
    </>
  )
}
