import { explain } from '../api/explain.ts'
import { toProblem } from '../api/problem.ts'
import { logout } from '../session/session.ts'
import { toast } from '../ui/toast.tsx'

/** Ends the session of this browser. Shows an error if that fails. */
export const logOut = (): Promise<void> => logout().catch((error: unknown) => toast(explain(toProblem(error)), 'bad'))
