import { useState } from 'react'
import { isProblem } from '../../api/problem.ts'
import { t } from '../../texts/index.ts'
import { Field } from '../../ui/field.tsx'

export interface CredentialsBody {
  password: string
  totp_code?: string
}

export interface Credentials {
  password: string
  setPassword(value: string): void
  code: string
  setCode(value: string): void
  isCodeAsked: boolean
  /** Makes a call with the credentials in its body. Asks for the code once the daemon requires it. */
  callWith<T>(call: (body: CredentialsBody) => Promise<T>): Promise<T>
}

/** The credentials for calls that require them in their own body. */
export function useCredentials(needsCode = false): Credentials {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [isAsked, setAsked] = useState(false)
  const isCodeAsked = needsCode || isAsked

  const callWith: Credentials['callWith'] = async (call) => {
    try {
      return await call({ password, ...(isCodeAsked && { totp_code: code.trim() }) })
    } catch (error) {
      // Even a correct code cannot be used twice.
      setCode('')
      if (isProblem(error) && error.requiresTotp) setAsked(true)
      throw error
    }
  }
  return { password, setPassword, code, setCode, isCodeAsked, callWith }
}

export interface CredentialsFieldsProps {
  credentials: Credentials
  label?: string
  autoFocus?: boolean
}

export function CredentialsFields({
  credentials,
  label = t.security.credentials.password,
  autoFocus
}: CredentialsFieldsProps) {
  const texts = t.security.credentials
  return (
    <>
      <Field
        label={label}
        type="password"
        required
        autoFocus={autoFocus}
        autoComplete="current-password"
        value={credentials.password}
        onChange={(event) => credentials.setPassword(event.target.value)}
      />
      {credentials.isCodeAsked && (
        <Field
          label={texts.code}
          hint={texts.codeHint}
          required
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          maxLength={32}
          value={credentials.code}
          onChange={(event) => credentials.setCode(event.target.value)}
        />
      )}
    </>
  )
}
