/** Where I am signed in, and signing one of these devices out. Never from memory: it must be true now. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { useRead, useWrite } from '#ui/data.ts'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { endMySession, mySessions } from '../contract.ts'

type SignedIn = Output<typeof mySessions>['sessions'][number]

export function useDevices() {
  const read = useRead(mySessions, {}, { topics: ['sessions'] })
  /** The one that somebody is about to sign out. */
  const [leaving, setLeaving] = useState<SignedIn | null>(null)
  const toast = useToast()
  const ending = useWrite(endMySession, {
    topics: ['sessions'],
    onDone: () => {
      setLeaving(null)
      toast(t('已退出那台设备', 'That device is signed out'), { tone: 'good' })
    },
  })
  return { read, leaving, setLeaving, ending }
}
