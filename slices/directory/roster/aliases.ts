import type { Field } from './fields.ts'
import type { Said } from './refusal.ts'

/**
 * Headers as offices write them, folded as `foldHeader` folds them: Simplified, no blanks, lower case. Within a field the
 * earlier alias is the more telling one and wins if two columns claim the field (手机号 before 联系电话).
 */
export const aliases: Record<Field, readonly string[]> = {
  number: [
    '学号', '工号', '学工号', '学号/工号', '工号/学号', '学(工)号', '学籍号', '学生学号', '学生号', '教工号', '职工号', '教职工号', '人员编号',
    '人员编码', '人员代码', '人事编号', '教工编号', '职工编号', '教职工编号', '教师编号', '教师工号', '教师号', '员工编号', '员工号', '员工工号', '学生编号', '工作证号',
    '一卡通号', '一卡通', '校园一卡通号', '校园卡号', '胸卡号', 'xh', 'xgh', 'gh', 'zgh', 'jgh', 'studentid', 'studentno', 'studentno.', 'studentnumber', 'staffid', 'staffno', 'staffnumber', 'employeeid', 'id',
  ],
  name: ['姓名', '学生姓名', '教职工姓名', '员工姓名', '人员姓名', '教工姓名', '教师姓名', '职工姓名', '名字', '本人姓名', '中文姓名', 'xm', 'name', 'chinesename', 'fullname', 'studentname'],
  sex: ['性别', '男/女', 'xb', 'sex', 'gender'],
  // 人员类别 also says who is neither student nor staff: contractors, visiting scholars.
  kind: ['人员类别', '人员类型', '身份', '身份类别', '类别', '人员身份', '学生类别', '培养层次', 'kind', 'category'],
  college: ['学院', '二级学院', '所在学院', '所属学院', '学院名称', '院系', '院(系)', '院系名称', '院系部', '院(系、部)', '系部', '系别', '系(部)', '院别', '院部', '学部', '书院', '所在院系', '所属院系', '所在系', '培养单位', 'xy', 'xymc', 'college', 'school', 'faculty'],
  department: ['部门', '单位', '所在部门', '所属部门', '所在单位', '所属单位', '工作单位', '单位名称', '部门名称', '职能部门', '隶属单位', '隶属部门', '任职部门', '任职单位', 'bm', 'bmmc', 'department', 'unit'],
  office: ['科室', '处室', '内设机构', '所在科室', '教研室', '系/教研室', '班组', 'office', 'section'],
  grade: ['年级', '所在年级', '入学年份', '入学年级', '届', '级', 'nj', 'grade', 'year'],
  major: ['专业', '专业名称', '所学专业', '就读专业', 'zy', 'zymc', 'major', 'programme', 'program'],
  // 专业班级 holds the class as people say it (软件2099-1), which carries the major in itself.
  class: ['班级', '行政班', '行政班级', '所在班级', '班级名称', '专业班级', '专业及班级', '班别', '现在班级', '班', 'bj', 'bjmc', 'class', 'classname', 'classno'],
  counsellor: ['辅导员', '辅导员姓名', '年级辅导员', '所属辅导员', '带班辅导员', '辅导员老师', 'counsellor', 'counselor'],
  counsellorNumber: ['辅导员工号', '辅导员编号', 'counsellorid', 'counsellornumber'],
  partyOrganisation: ['二级党组织', '党总支', '二级党委', '所在二级党组织', '所属党总支', '基层党委', '分党委', 'partyorganisation'],
  partyBranch: ['党支部', '所在党支部', '所属党支部', '党支部名称', '所在支部', '支部', '支部名称', '党组织', '所在党组织', 'partybranch', 'branch'],
  politicalStatus: ['政治面貌', '政治面貌名称', '面貌', '党团关系', '是否党员', 'zzmm', 'politicalstatus', 'politicalaffiliation'],
  phone: [
    '手机号', '手机号码', '手机', '本人手机', '本人手机号', '本人联系电话', '移动电话', '联系手机', '联系电话', '联系方式', '本人电话', '电话', '电话号码', '学生电话', '学生手机', '学生手机号', '学生联系电话', '个人电话', '手机电话', 'sjh', 'lxdh', 'mobile', 'mobilephone', 'mobilenumber', 'cellphone',
    'phone', 'phonenumber', 'tel', 'telephone',
  ],
  email: ['邮箱', '电子邮箱', '校内邮箱', '学校邮箱', '工作邮箱', '常用邮箱', '个人邮箱', '电子邮件', '邮件', '邮箱地址', 'email', 'e-mail', 'mail', 'emailaddress', 'e-mailaddress'],
  campus: ['校区', '所在校区', '校区名称', '居住校区', '现居住校区', 'campus'],
  building: ['宿舍楼', '楼栋', '楼号', '宿舍楼号', '宿舍楼栋', '公寓楼', '公寓楼号', '寝室楼', '寝室楼号', '楼宇', '幢号', '栋号', '住宿楼', '公寓', '公寓名称', '宿舍楼名称', '楼名', 'building', 'hall', 'residencehall', 'dormitorybuilding'],
  floor: ['楼层', '层', '所在楼层', '层号', 'floor'],
  room: ['房间号', '房间', '房号', '室号', '宿舍房间号', 'room', 'roomno', 'roomnumber'],
  dorm: ['寝室号', '宿舍号', '寝室', '宿舍', '宿舍地址', '寝室地址', '住宿地址', '住宿信息', '住宿', '住宿地点', '住宿楼栋房间', '宿舍房间', '宿舍楼及房间号', '校内住址', '楼栋房间号', '公寓房间', 'dorm', 'dormitory'],
  onCampus: ['是否在校', '在校', '目前是否在校', '是否在校内', '是否留校', '在校情况', '在岗', '是否在岗', 'oncampus'],
  status: ['学籍状态', '学籍', '学生状态', '在籍状态', '当前状态', '人员状态', '在职状态', '状态', 'status'],
  position: ['职务', '岗位', '职位', '岗位名称', '职务名称', '担任职务', '现任职务', '学生职务', '党内职务', '行政职务', 'position', 'post', 'title', 'jobtitle'],
  stay: ['起止时间', '起止日期', '留校时间', '留校起止时间', '留校时间段', '留校日期'],
  stayFrom: ['留校起', '留校开始', '留校开始日期', '开始时间', '起始时间', '开始日期', '留校开始时间', '起'],
  stayTo: ['留校止', '留校结束', '留校结束日期', '结束时间', '截止时间', '结束日期', '留校结束时间', '止'],
  stayReason: ['留校原因', '留校事由', '留校理由', '原因', '事由'],
  // On collected lists: whether the parents agree to the stay. The parents themselves are not recorded.
  consent: ['家长是否同意', '家长意见', '监护人是否同意', '是否同意', '家长同意'],
  remark: ['备注', '说明', '备注说明', '其他', '其他情况', '备注信息', 'remark', 'remarks', 'note', 'notes'],
}

/**
 * Where no alias fits, a header that merely contains one of these is taken, and a person is asked to look:
 * 请填写您的学号(必填), 参训学生姓名.
 */
export const contained: readonly (readonly [RegExp, Field])[] = [
  [/学号|工号|一卡通号|人员编[号码]/, 'number'],
  [/姓名/, 'name'],
  [/性别/, 'sex'],
  [/手机|联系电话|联系方式/, 'phone'],
  [/政治面貌/, 'politicalStatus'],
  [/党支部/, 'partyBranch'],
  [/学院/, 'college'],
  [/班级/, 'class'],
  [/宿舍|寝室/, 'dorm'],
  [/年级/, 'grade'],
]

/** A contained word says nothing when the column is about somebody else. */
export const aboutSomebodyElse = /辅导员|班主任|导师|家长|父|母|监护|紧急|室友|同住|联系人|负责人|填表|楼长|班长|介绍人/

/** Nor when it is about something of the thing: 宿舍电话, 学院代码, 班级人数. */
export const aboutSomethingOfIt = /电话|号码|代码|编码|人数|排名|群|费|评|密码|日期|时间|意见$/

/** What is added to rows that are given back to be mended; when they come again nothing is read from these. */
export const givenBack = ['行号', '处理情况', '系统说明'] as const

/** Headers that count the rows, folded as the others. */
export const serial = /^(序号|编号|no|#|序|serial)$/

/** Columns known well and left alone, with the reason that the preview gives. `never`: whoever says that such a column is something else is refused. */
export const notTaken: readonly { pattern: RegExp; why: Said; never?: true }[] = [
  { pattern: serial, why: { zh: '序号列，不需要', en: 'a serial number, not needed' } },
  {
    never: true,
    pattern: /身份证|证件|护照|passport|idcard/,
    why: { zh: '证件号码不导入：用不着，泄露后果严重', en: 'identity numbers are not imported: not needed, and grave if they leak' },
  },
  {
    never: true,
    pattern: /家长|父亲|母亲|父母|监护|紧急联系|家庭|亲属/,
    why: { zh: '家庭成员信息不导入：本系统不建家庭名册', en: 'particulars of relatives are not imported: no family registers are kept' },
  },
  {
    never: true,
    pattern: /银行|民族|籍贯|宗教|户口|户籍|生源|照片|血型/,
    why: { zh: '与应急无关，不导入', en: 'of no use in an emergency, not imported' },
  },
  { pattern: /卡号/, why: { zh: '与应急无关，不导入', en: 'of no use in an emergency, not imported' } },
]

/** Traditional characters of headers; enough to fold a header row, not to translate text. */
export const traditional: Readonly<Record<string, string>> = {
  學: '学', 號: '号', 別: '别', 級: '级', 專: '专', 業: '业', 導: '导', 員: '员', 輔: '辅', 黨: '党', 機: '机', 電: '电', 話: '话', 聯: '联', 繫: '系',
  樓: '楼', 層: '层', 間: '间', 區: '区', 寢: '寝', 職: '职', 務: '务', 狀: '状', 態: '态', 備: '备', 註: '注', 單: '单', 門: '门', 郵: '邮', 總: '总',
  組: '组', 織: '织', 現: '现', 屬: '属', 說: '说', 類: '类', 編: '编', 體: '体', 時: '时', 開: '开', 結: '结', 長: '长', 見: '见', 證: '证', 親: '亲',
}
