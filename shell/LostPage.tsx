/** An address that leads nowhere. */
import { Link } from 'wouter'
import { EmptyState } from '#ui/states.tsx'
import { t } from '#ui/words.ts'

export function LostPage() {
  return (
    <EmptyState
      icon="search"
      title={t('没有这个页面', 'There is no such page')}
      action={
        <Link className="b-button" href="/">
          {t('回到首页', 'Go to the start')}
        </Link>
      }
    >
      <p>{t('地址可能写错了，或者内容已经移动。您的数据没有受影响。', 'The address may be mistyped, or the page has moved. Nothing of yours is affected.')}</p>
    </EmptyState>
  )
}
