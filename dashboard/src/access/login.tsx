import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { isProblem } from '../api/problem.ts'
import { shellWord } from '../data/shell-word.ts'
import { useAction } from '../data/use-action.ts'
import { nameOf, useTenant } from '../session/panel.ts'
import { login, reconsider } from '../session/session.ts'
import type { Session } from '../session/state.ts'
import { t } from '../texts/index.ts'
import { Field } from '../ui/field.tsx'
import { FormProblem, SubmitButton } from '../ui/form-problem.tsx'
import { GuideLink } from '../ui/guide-link.tsx'
import { Notice } from '../ui/notice.tsx'
import { Frame } from './frame.tsx'
import { LoginCode } from './login-code.tsx'

const notices = {
  ended: t.access.login.endedNotice,
  late: t.access.login.lateNotice,
  link: t.access.login.linkNotice,
  'logged-out': t.access.login.logoutNotice
}

/** A command of the host's shell that opens the way in, as installed by the package and in a clone. */
function HostCommand({ lead, command, children }: { lead: string; command: string; children: ReactNode }) {
  const { lostClone } = t.access.login
  const look = 'block font-mono text-[0.8125rem] text-text'
  return (
    <>
      {lead}
      <code translate="no" className={look}>
        proxmenux-monitor {command}
      </code>
      {lostClone}
      <code translate="no" className={look}>
        bin/proxmenux-monitor {command}
      </code>
      {children}
    </>
  )
}

interface LoginProps {
  reason: (Session & { kind: 'login' })['reason']
  /** Another way to log in, below the form. */
  children?: ReactNode
}

/** Username and password, then the code if the account has 2FA. */
export function Login({ reason, children }: LoginProps) {
  const texts = t.access.login
  const tenant = useTenant()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const passwordInput = useRef<HTMLInputElement>(null)
  const [isCodeAsked, setCodeAsked] = useState(false)
  const enter = useAction(async (code: string) => {
    try {
      await login({ username, password, ...(code && { totp_code: code }) })
    } catch (error) {
      if (isProblem(error, 'AUTH_STORE_UNREADABLE', 'IP_BANNED', 'TENANT_UNKNOWN')) reconsider(error)
      if (tenant && isProblem(error, 'ACCOUNT_DISABLED')) reconsider(error)
      if (isProblem(error, 'TOTP_REQUIRED')) return setCodeAsked(true)
      // The credentials are no longer valid, so the login starts again.
      if (isProblem(error, 'CREDENTIALS')) setCodeAsked(false)
      throw error
    }
  })
  useEffect(() => {
    if (enter.problem?.code === 'CREDENTIALS') passwordInput.current?.select()
  }, [enter.problem])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void enter.run('')
  }
  if (isCodeAsked) {
    const leave = () => {
      setCodeAsked(false)
      setPassword('')
      enter.setProblem(null)
    }
    return <LoginCode enter={enter} onBack={leave} />
  }
  const onUsername = (typed: string) => {
    setUsername(typed)
    // The lockout applies to one username. Another username need not wait.
    if (isProblem(enter.problem, 'ACCOUNT_LOCKED')) enter.setProblem(null)
  }
  const isWrong = enter.problem?.code === 'CREDENTIALS'
  return (
    <Frame title={texts.title}>
      {reason && !enter.problem && (
        <Notice tone={reason === 'logged-out' ? 'good' : 'info'} role="status">
          {notices[reason]}
        </Notice>
      )}
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field
          label={texts.username}
          name="username"
          required
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          value={username}
          aria-invalid={isWrong || undefined}
          onChange={(event) => onUsername(event.target.value)}
        />
        <Field
          label={texts.password}
          name="password"
          inputRef={passwordInput}
          aria-invalid={isWrong || undefined}
          type="password"
          required
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <FormProblem problem={enter.problem} />
        <SubmitButton problem={enter.problem} isBusy={enter.isBusy} className="min-h-11">
          {texts.submit}
        </SubmitButton>
      </form>
      <p className="text-sm text-muted">
        {tenant ? (
          texts.lostOfTenant(nameOf(tenant))
        ) : isProblem(enter.problem, 'ACCOUNT_LOCKED') ? (
          <HostCommand lead={texts.locked} command={`unlock ${shellWord(username)}`}>
            <GuideLink section="locked-out-after-wrong-passwords">{texts.moreHelp}</GuideLink>
          </HostCommand>
        ) : (
          <HostCommand lead={texts.lost} command="reset-password">
            <GuideLink section="troubleshooting">{texts.moreHelp}</GuideLink>
          </HostCommand>
        )}
      </p>
      {children}
    </Frame>
  )
}
