/** Stands where a page is listed but not yet made. */
import { EmptyState } from '#ui/states.tsx'
import { t } from '#ui/words.ts'

export function ComingPage() {
  return <EmptyState icon="clock" title={t('这一页还没有做好', 'This page is not made yet')} />
}
