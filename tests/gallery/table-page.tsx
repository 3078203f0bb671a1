/** A page with nothing but a table of 50,000 synthetic people, for table.test.ts. */
import { useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { StandingTag, type StandingState } from '#ui/tags.tsx'
import { PersonName } from '#ui/people.tsx'
import { ConsoleTheme } from '#ui/theme.tsx'
import { prepareLanguage } from '#ui/words.ts'

interface Row {
  id: string
  name: string
  number: string
  klass: string
  state: StandingState
  days: number | null
}

const families = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
const given = '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲红建国华梅鹏宇浩轩然子涵欣怡雨泽博思远嘉'
const states: readonly StandingState[] = ['kept', 'kept', 'kept', 'unknown', 'gap', 'excused']
const rows: readonly Row[] = Array.from({ length: 50_000 }, (_, at) => {
  const mixed = (at * 2_654_435_761) >>> 0
  return {
    id: String(at),
    name: `${families[mixed % 20]}${given[(mixed >>> 5) % 45]}${given[(mixed >>> 11) % 45]}`,
    number: `2026${String(at).padStart(6, '0')}`,
    klass: `软件${2020 + (mixed % 6)}-${1 + ((mixed >>> 7) % 14)}班`,
    state: states[(mixed >>> 3) % 6] ?? 'kept',
    days: mixed % 9 === 0 ? null : mixed % 97,
  }
})

function Demonstration() {
  const [selected, select] = useState<ReadonlySet<string>>(new Set())
  const columns = useMemo(
    (): Column<Row>[] => [
      { key: 'name', title: '姓名', value: (row) => row.name, search: true, fixed: true, cell: (row) => <PersonName name={row.name} number={row.number} /> },
      { key: 'class', title: '班级', value: (row) => row.klass, search: true, filter: true },
      { key: 'state', title: '状态', value: (row) => row.state, filter: true, width: 120, cell: (row) => <StandingTag state={row.state} /> },
      { key: 'days', title: '天', value: (row) => row.days, width: 90, align: 'end' },
    ],
    [],
  )
  return (
    <main style={{ padding: 20 }}>
      <h1>五万行</h1>
      <DataTable name="fifty-thousand" label="人员" rows={rows} columns={columns} rowKey={(row) => row.id} selected={selected} onSelect={select} />
    </main>
  )
}

await prepareLanguage()
createRoot(document.getElementById('root') as HTMLElement).render(
  <ConsoleTheme>
    <Demonstration />
  </ConsoleTheme>,
)
