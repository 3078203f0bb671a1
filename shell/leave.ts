/** Signing out on a phone: ends the session, wipes what was remembered. What is still to be sent stays for the same person. */
import { forgetAll } from '#kernel/phone/cache.ts'
import { signOut } from '#slices/directory/contract.ts'
import { client, queryClient } from '#ui/data.ts'
import { keep } from '#ui/kept.ts'

/** Throws a CallProblem where the server cannot be reached: a session that stays open must not look closed. */
export async function leavePhone(): Promise<void> {
  await client.call(signOut, {})
  await forgetAll()
  // Whoever signs in next has not asked to be told on this phone.
  keep('bulwark.push', null)
  queryClient.clear()
  location.assign('/m/sign-in')
}
