import { useState } from 'react'
import { isProblem } from '../../api/problem.ts'
import { t } from '../../texts/index.ts'
import { Field } from '../../ui/field.tsx'

export interface Given {
  password: string
  totp_code?: string
}

export interface Proof {
  password: string
  setPassword(value: string): void
  code: string
  setCode(value: string): void
  isCodeAsked: boolean
  /** Makes a call that takes the proof as part of its body. The code is asked for once the daemon wants it. */
  give<T>(call: (given: Given) => Promise<T>): Promise<T>
}

/** What a call asks for that wants its user to prove themselves in its own body. */
export function useProof(needsCode = false): Proof {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [isAsked, setAsked] = useState(false)
  const isCodeAsked = needsCode || isAsked

  const give: Proof['give'] = async (call) => {
    try {
      return await call({ password, ...(isCodeAsked && { totp_code: code.trim() }) })
    } catch (error) {
      // One that was right is used up all the same.
      setCode('')
      if (isProblem(error) && error.requiresTotp) setAsked(true)
      throw error
    }
  }
  return { password, setPassword, code, setCode, isCodeAsked, give }
}

export interface ProofFieldsProps {
  proof: Proof
  label?: string
  autoFocus?: boolean
}

export function ProofFields({ proof, label = t.security.proof.password, autoFocus }: ProofFieldsProps) {
  const texts = t.security.proof
  return (
    <>
      <Field
        label={label}
        type="password"
        required
        autoFocus={autoFocus}
        autoComplete="current-password"
        value={proof.password}
        onChange={(event) => proof.setPassword(event.target.value)}
      />
      {proof.isCodeAsked && (
        <Field
          label={texts.code}
          hint={texts.codeHint}
          required
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          maxLength={32}
          value={proof.code}
          onChange={(event) => proof.setCode(event.target.value)}
        />
      )}
    </>
  )
}
