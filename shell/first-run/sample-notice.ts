/** A notice to try with, when there is none at hand: made up, short, with dates that lie ahead. Chinese in every language: notices are. */
const days = 86_400_000

/** @param now the institution's present; @param zone its time zone. */
export function sampleNotice(institution: string, now: Date, zone: string): string {
  const day = (ahead: number) => {
    const parts = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(new Date(now.getTime() + ahead * days))
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
    return `${of('year')}年${of('month')}月${of('day')}日`
  }
  const year = day(0).slice(0, 4)
  return `${institution}应急指挥部
关于做好流感等传染病防控工作的通知
指挥部〔${year}〕1号（示例）

各学院、各部门：

近期我市流感、诺如病毒感染病例增多。根据《中华人民共和国传染病防治法》和学校应急预案，现将有关事项通知如下。

一、摸清底数
（一）各学院、各部门要逐人核实去向，建立台账，于${day(3)}18:00前报指挥部办公室。
（二）各学院、各部门实行零报告制度，每天17:00前报送本单位当日情况。

二、健康监测
（一）出现发热、呕吐、腹泻等症状的，应立即就医并报告辅导员，不得带病上课、上岗。
（二）校医院发现聚集性病例后，须在2小时内报指挥部办公室。

三、环境整治
（一）后勤管理部门要于${day(2)}前完成一次食堂、教室和宿舍的清洁消毒。
（二）未经批准，各单位不得举办大型聚集性活动。

四、压实责任
各学院、各部门主要负责人是第一责任人，对落实不力的，严肃追究责任。

${institution}应急指挥部
${day(0)}
`
}
