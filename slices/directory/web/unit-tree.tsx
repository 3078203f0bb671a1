/** One tree, level by level as it is opened; or, while something is typed, all units whose name matches. */
import { useMemo } from 'react'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { TextLink } from '#ui/page.tsx'
import { useNameMatch } from '#ui/pinyin.ts'
import { EmptyState, LoadingState, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { Tree as TreeView, type TreeBelow, type TreeItem } from '#ui/tree.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { units } from '../contract.ts'
import { kindName, unitAddress, useMine, type Node } from './words.ts'
import './directory.css'

type Tree = Node['tree']
const mostFound = 120

/** Says it only where somebody is left without. */
export function UnansweredTag({ node }: { node: Node }) {
  if (node.unanswered === 0) return <span />
  return <Tag tone="bad">{node.unanswered === node.members ? t('无人负责', 'Nobody answers') : t('{n} 人无人负责', '{n} without anybody', { n: count(node.unanswered) })}</Tag>
}

function NodeName({ node, note }: { node: Node; note?: string }) {
  const { me } = useMine()
  return (
    <span className="d-name">
      <TextLink to={unitAddress(node.unitId)}>{inScript(node.name)}</TextLink>
      <span className="b-muted">{note ?? kindName(me?.institution.vocabulary, node.kind)}</span>
    </span>
  )
}

/** Nobody belongs to it, nothing is below. */
export const isEmpty = (unit: { members: number; children: number | readonly unknown[] }): boolean => unit.members === 0 && (typeof unit.children === 'number' ? unit.children : unit.children.length) === 0

interface Item extends TreeItem {
  node: Node
  /** What lies below, where it came along. */
  below?: readonly Node[]
}

/** Loads what lies below an open unit, unless it came along with it. */
function useBelow({ node, below }: Item): TreeBelow<Item> {
  const toItem = useItem()
  const read = useRead(units, { tree: node.tree, under: node.unitId, depth: 1 }, { topics: ['directory'], enabled: !below })
  return { items: (below ?? read.data?.units)?.map((one) => toItem(one)), problem: read.problem, retry: read.retry }
}

function useItem() {
  const { me } = useMine()
  return (node: Node, below?: readonly Node[]): Item => ({
    id: node.unitId, name: inScript(node.name), to: unitAddress(node.unitId), opens: node.children > 0, note: kindName(me?.institution.vocabulary, node.kind), node, ...(below ? { below } : {}),
    end: (
      <>
        <UnansweredTag node={node} />
        {isEmpty(node) ? <Tag tone="muted">{t('空', 'Empty')}</Tag> : <span className="d-count num">{t('{n} 人', '{n}', { n: count(node.members) })}</span>}
      </>
    ),
  })
}

export function UnitTree({ tree }: { tree: Tree }) {
  const top = useRead(units, { tree, depth: 2 }, { topics: ['directory'], keep: false })
  const toItem = useItem()
  return (
    <Ready read={top} empty={{ when: (data) => data.units.length === 0, show: <EmptyState icon="units" title={t('这棵树还是空的', 'This tree is still empty')} /> }}>
      {(data) => {
        const roots = data.units.filter((node) => node.parentId === null)
        return <TreeView key={tree} label={t('组织树', 'Tree of units')} items={roots.map((root) => toItem(root, data.units.filter((node) => node.parentId === root.unitId)))} useBelow={useBelow} opened={roots.map((root) => root.unitId)} />
      }}
    </Ready>
  )
}

/** Units found by name, with where they belong. */
export function FoundUnits({ tree, typed }: { tree: Tree; typed: string }) {
  const all = useRead(units, { tree, depth: 8 }, { topics: ['directory'], keep: false })
  const match = useNameMatch()
  const found = useMemo(() => {
    const byId = new Map((all.data?.units ?? []).map((node) => [node.unitId, node]))
    const pathOf = (node: Node) => {
      const names: string[] = []
      for (let at = node.parentId ? byId.get(node.parentId) : undefined; at?.parentId; at = byId.get(at.parentId)) names.unshift(inScript(at.name))
      return names.join(' / ')
    }
    return [...byId.values()].filter((node) => match(node.name, typed)).map((node) => ({ node, path: pathOf(node) }))
  }, [all.data, typed, match])
  if (!all.data && !all.problem) return <div className="d-inner"><LoadingState rows={3} /></div>
  return (
    <Ready read={all}>
      {() =>
        found.length === 0 ? (
          <EmptyState icon="search" title={t('没有名称匹配的组织', 'No unit has such a name')} />
        ) : (
          <>
            <ul className="d-tree" aria-label={t('查找结果', 'Results')}>
              {found.slice(0, mostFound).map(({ node, path }) => (
                <li key={node.unitId} className="d-row">
                  <Icon name="units" size={16} />
                  <NodeName node={node} {...(path ? { note: path } : {})} />
                  <UnansweredTag node={node} />
                  <span className="d-count num">{t('{n} 人', '{n}', { n: count(node.members) })}</span>
                </li>
              ))}
            </ul>
            {found.length > mostFound && <p className="d-inner b-muted">{t('共 {n} 个，先显示 {m} 个，请再多输入几个字。', '{n} found, {m} shown; type a little more.', { n: found.length, m: mostFound })}</p>}
          </>
        )
      }
    </Ready>
  )
}
