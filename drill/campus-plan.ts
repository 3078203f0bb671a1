/** What a synthetic university consists of, as data: colleges with majors, departments with offices. Largest or most needed first. */

export type CollegePlan = { name: string; short: string; weight: number; /** share of women */ women: number; majors: readonly (readonly [string, string])[] }

export const collegePlans: readonly CollegePlan[] = [
  college('计算机学院', '计算机', 1.9, 0.28, '软件工程:软件 计算机科学与技术:计科 网络工程:网络 人工智能:智能'),
  college('经济与管理学院', '经管', 1.8, 0.62, '会计学:会计 工商管理:工商 国际经济与贸易:国贸 金融学:金融'),
  college('医学院', '医学', 1.6, 0.56, '临床医学:临床 预防医学:预防 医学检验技术:检验'),
  college('机械工程学院', '机械', 1.5, 0.14, '机械设计制造及其自动化:机械 车辆工程:车辆 智能制造工程:智造'),
  college('电气工程学院', '电气', 1.4, 0.2, '电气工程及其自动化:电气 自动化:自动化 能源与动力工程:能动'),
  college('土木工程学院', '土木', 1.2, 0.18, '土木工程:土木 给排水科学与工程:给排水 工程管理:工管'),
  college('护理学院', '护理', 0.9, 0.86, '护理学:护理 助产学:助产'),
  college('外国语学院', '外语', 1, 0.82, '英语:英语 日语:日语 翻译:翻译'),
  college('文学院', '文学', 0.9, 0.76, '汉语言文学:汉文 秘书学:秘书 历史学:历史'),
  college('信息工程学院', '信息', 1.3, 0.26, '通信工程:通信 电子信息工程:电信 物联网工程:物联'),
  college('化学化工学院', '化工', 0.9, 0.44, '化学:化学 化学工程与工艺:化工 应用化学:应化'),
  college('生命科学学院', '生科', 0.7, 0.58, '生物科学:生科 生物技术:生技'),
  college('材料科学与工程学院', '材料', 0.9, 0.3, '材料科学与工程:材料 高分子材料与工程:高分子'),
  college('数学与统计学院', '数统', 0.8, 0.42, '数学与应用数学:数学 统计学:统计 数据科学与大数据技术:大数据'),
  college('物理学院', '物理', 0.6, 0.25, '物理学:物理 光电信息科学与工程:光电'),
  college('环境科学与工程学院', '环境', 0.7, 0.5, '环境工程:环工 环境科学:环科'),
  college('法学院', '法学', 0.8, 0.66, '法学:法学 知识产权:知产'),
  college('新闻与传播学院', '新传', 0.7, 0.74, '新闻学:新闻 广告学:广告 网络与新媒体:新媒体'),
  college('艺术设计学院', '艺设', 0.9, 0.64, '视觉传达设计:视传 环境设计:环设 动画:动画'),
  college('音乐学院', '音乐', 0.5, 0.68, '音乐学:音乐 舞蹈学:舞蹈'),
  college('体育学院', '体育', 0.5, 0.24, '体育教育:体教 社会体育指导与管理:社体'),
  college('教育学院', '教育', 0.8, 0.84, '学前教育:学前 小学教育:小教 应用心理学:心理'),
  college('药学院', '药学', 0.7, 0.6, '药学:药学 中药学:中药'),
  college('马克思主义学院', '马院', 0.4, 0.6, '思想政治教育:思政'),
  college('国际教育学院', '国教', 0.5, 0.5, '汉语国际教育:汉教 商务英语:商英'),
]

function college(name: string, short: string, weight: number, women: number, majors: string): CollegePlan {
  return { name, short, weight, women, majors: majors.split(' ').map((pair) => pair.split(':') as [string, string]) }
}

export type DepartmentPlan = { name: string; head: string; weight: number; offices: readonly string[]; logistics?: boolean }

export const commandOffice = '疫情防控与防汛指挥部办公室'

export const departmentPlans: readonly DepartmentPlan[] = [
  department(commandOffice, '主任', 0.4, '综合协调组 信息报送组'),
  department('党委办公室', '主任', 0.6, '综合科 督查科'),
  department('组织部', '部长', 0.5, '组织科 干部科'),
  department('宣传部', '部长', 0.6, '宣传科 新闻中心'),
  department('学生处', '处长', 1, '思想教育科 学生管理科 资助中心'),
  { ...department('后勤管理处', '处长', 5, '学生社区中心 饮食服务中心 物业维修中心 水电运行科'), logistics: true },
  { ...department('保卫处', '处长', 2.5, '治安科 消防科 校卫队'), logistics: true },
  department('校医院', '院长', 1, '预防保健科 全科门诊 药房'),
  department('信息化办公室', '主任', 0.8, '网络运维科 数据管理科'),
  department('教务处', '处长', 1, '教学运行科 学籍科 考务科'),
  department('校长办公室', '主任', 0.6, '秘书科 接待科'),
  department('人事处', '处长', 0.7, '人事科 师资科'),
  department('财务处', '处长', 0.8, '核算科 资金科'),
  department('研究生院', '院长', 0.6, '培养办公室 学位办公室'),
  department('科研处', '处长', 0.6, '项目科 成果科'),
  department('国际交流处', '处长', 0.4, '外事科 留学生科'),
  department('招生就业处', '处长', 0.5, '招生科 就业指导中心'),
  department('团委', '书记', 0.4, '组织部门 志愿服务中心'),
  department('统战部', '部长', 0.3, '综合科'),
  department('纪委办公室', '主任', 0.4, '监督检查科'),
  department('基建处', '处长', 0.5, '工程科 综合科'),
  department('资产与实验室管理处', '处长', 0.6, '资产科 实验室安全科'),
  department('图书馆', '主任', 1.2, '流通部 技术部'),
  department('校工会', '负责人', 0.3, '综合科'),
  department('离退休工作处', '处长', 0.4, '服务科'),
]

function department(name: string, head: string, weight: number, offices: string): DepartmentPlan {
  return { name, head, weight, offices: offices.split(' ') }
}
