import type { BriefContent, Cell, Figure } from './types.ts'

const asOf = '2026-11-15T08:30:00+08:00'
const figure = (id: string, value: number | string, label: string, query: string, rows: number): Figure => ({ id, value, label, query, asOf, rows })

const units: [string, number, number, number, number][] = [
  ['文学院', 2218, 2187, 9, 22],
  ['数学与统计学院', 1843, 1820, 11, 12],
  ['计算机科学与技术学院', 3306, 3251, 23, 32],
  ['材料科学与工程学院', 2127, 2101, 8, 18],
  ['马克思主义学院', 612, 612, 0, 0],
  ['医学院', 4018, 3895, 61, 62],
]

/** An invented college and invented figures, long enough for three pages and two tables. */
export function sampleBrief(changes: Partial<BriefContent> = {}): BriefContent {
  const coverage: Cell[][] = units.map(([name, all, kept, gap, unknown], index) => [name, all, index === 0 ? { value: kept, figureId: 'kept-wen' } : kept, gap, unknown, { value: kept / all, percent: true }])
  return {
    letterhead: '青禾大学防汛应急专报',
    docNumber: '青禾应急〔2026〕18号',
    title: '关于全校暴雨红色预警期间师生去向摸排与隐患处置情况的专报',
    edition: 2,
    asOf,
    unitName: '青禾大学应急办公室',
    addressee: '青禾大学防汛应急指挥部',
    sections: [
      {
        heading: '总体情况',
        blocks: [
          {
            kind: 'text',
            runs: [
              { text: '按照《关于做好暴雨红色预警期间师生安全工作的通知》要求，各二级学院于11月14日20时启动去向摸排。截至11月15日8时30分，应摸排学生' },
              { text: '14124', figureId: 'all' },
              { text: '人，已明确去向' },
              { text: '13866', figureId: 'kept' },
              { text: '人，占' },
              { text: '98.2%', figureId: 'share' },
              { text: '；确认不在校且未报备' },
              { text: '112', figureId: 'gap' },
              { text: '人，尚未答复' },
              { text: '146', figureId: 'unknown' },
              { text: '人。四类相加与花名册总数一致，没有遗漏。未答复人员均已落实到具体责任人，由辅导员逐一联系；本人设备离线时，由同寝室同学代为说明的，另行注明“代答”，不计入本人确认。' },
            ],
          },
          { kind: 'table', caption: '各学院学生去向摸排情况', columns: [{ title: '学院' }, { title: '应摸排' }, { title: '已明确' }, { title: '缺口' }, { title: '未答复' }, { title: '完成率' }], rows: coverage, note: '人数少于5的格子按规定不予显示。' },
        ],
      },
      {
        heading: '措施落实',
        blocks: [],
      },
      {
        heading: '宿舍楼与低洼部位排查',
        level: 2,
        blocks: [
          { kind: 'text', runs: [{ text: '后勤与校园安全部门对' }, { text: '47', figureId: 'buildings' }, { text: '栋宿舍楼、6处地下空间逐一排查，发现隐患' }, { text: '19', figureId: 'hazards' }, { text: '处，已整改16处。北区3号楼一层配电间渗水、东门下沉广场排水泵故障等3处已设警戒并安排专人值守（Pump No. 2 will be replaced on Monday），在修复前不得使用。' }] },
          { kind: 'list', items: [[{ text: '暂停一切户外集体活动，非必要不出校。' }], [{ text: '值班人员每2小时报告一次积水情况，发现险情10分钟内报告指挥部。' }], [{ text: '对行动不便的学生' }, { text: '23', figureId: 'mobility' }, { text: '人安排一对一联系人。' }]] },
        ],
      },
      {
        heading: '安置与物资',
        level: 2,
        blocks: [
          { kind: 'text', runs: [{ text: '体育馆、第二食堂两处安置点可接收1200人，现接收' }, { text: '86', figureId: 'sheltered' }, { text: '人。饮用水、被褥、常用药品按三日量备足，由两名专人登记出入。' }] },
          {
            kind: 'table',
            caption: '重点隐患整改台账',
            columns: [{ title: '部位' }, { title: '隐患与处置' }, { title: '责任单位' }, { title: '期限' }],
            rows: Array.from({ length: 14 }, (_, index) => [`北区${index + 1}号楼`, index % 3 === 0 ? '一层配电间墙体渗水，已断电并设警戒，待墙面干燥后由电工检测绝缘，合格后恢复供电。' : '落水管堵塞，已疏通。', index % 2 === 0 ? '后勤保障部' : '校园安全部', `11月${16 + (index % 3)}日`]),
          },
        ],
      },
      { heading: '问题与建议', blocks: [{ kind: 'text', runs: [{ text: '医学院实习学生分散在多家医院，答复偏慢，建议由带教单位集中确认一次；夜间值班电话偶有占线，建议增设备用线路。下一步，应急办公室将在预警解除后24小时内形成总结，并按规定删除个人层面的去向数据，仅保留统计数字。' }] }] },
    ],
    signature: '青禾大学应急办公室',
    date: '2026-11-15',
    copyTo: ['校长办公室', '党委宣传部', '学生工作部', '研究生院', '后勤保障部', '校园安全部', '校医院', '各二级学院'],
    drill: false,
    figures: [
      figure('all', 14124, '应摸排学生', '花名册中在校状态为“在读”的全日制学生', 14124),
      figure('kept', 13866, '已明确去向', '24小时内有去向记录的学生（本人答复或辅导员代答）', 13866),
      figure('share', '98.2%', '完成率', '已明确去向 ÷ 应摸排学生', 14124),
      figure('gap', 112, '缺口', '最近一次记录为不在校且没有请假或报备的学生', 112),
      figure('unknown', 146, '未答复', '没有记录，或记录早于24小时的学生', 146),
      figure('kept-wen', 2187, '文学院已明确去向', '同第2项，限文学院', 2187),
      figure('buildings', 47, '排查宿舍楼', '本次响应中登记了排查记录的宿舍楼', 47),
      figure('hazards', 19, '发现隐患', '本次响应中登记的隐患，不含误报', 19),
      figure('mobility', 23, '行动不便学生', '登记为需要协助撤离的在校学生', 23),
      figure('sheltered', 86, '安置人数', '安置点登记为在点的人员', 86),
    ],
    ...changes,
  }
}
