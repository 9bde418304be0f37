import { lazy, Suspense } from 'react'
import { api } from '../../api/client.ts'
import { root } from '../../api/place.ts'
import { send } from '../../api/transport.ts'
import { usePoll } from '../../data/use-poll.ts'
import { useUser } from '../../session/use-session.ts'
import { logOut } from '../../shell/log-out.ts'
import { OuterPage } from '../../shell/outer-page.tsx'
import { texts } from '../../texts/reference.ts'
import { PollProblem } from '../../ui/freshness.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { currentToken, useApiToken } from './api-token.ts'
import type { Description } from './viewer.tsx'

// Ten times the rest of the page: loaded once somebody is let in.
const Viewer = lazy(() => import('./viewer.tsx'))

const PATH = '/api/openapi.json'
const load = async (signal: AbortSignal) => (await api.get(PATH, { signal })) as unknown as Description
const loadByToken = async (signal: AbortSignal) =>
  (await send({ method: 'get', path: PATH, token: await currentToken(), options: { signal } })) as Description

interface RoutesProps {
  onLogOut?(): void
  onProtect(): void
}

/** Every route, as the description of this host has it. */
export function Routes({ onLogOut = () => void logOut(), onProtect }: RoutesProps) {
  const user = useUser()
  const apiToken = useApiToken()
  const polled = usePoll(apiToken ? loadByToken : load, 0)
  const { data } = polled
  const who = apiToken ? texts.token : (user?.display_name ?? null)
  const lead = (
    <>
      {data && texts.at(data.info.version, root.href.replace(/\/$/, ''))} {texts.lead}
    </>
  )
  return (
    <OuterPage title={texts.title} lead={lead} who={who} onLogOut={onLogOut} onProtect={onProtect}>
      <PollProblem polled={polled} />
      <h2 className="sr-only">{texts.routes}</h2>
      <Suspense fallback={<Loading />}>
        {data && <Viewer description={data} reader={apiToken ?? user?.id ?? 'open'} />}
      </Suspense>
      {!data && !polled.problem && <Loading />}
    </OuterPage>
  )
}
