/** What a column of a roster, of offices or of links is about, in the reader's language. */
import { t } from '#ui/words.ts'

export function fieldName(field: string | null): string {
  const words: Record<string, string> = {
    number: t('学工号', 'Number'), name: t('姓名', 'Name'), kind: t('人员类别', 'Kind'), sex: t('性别', 'Sex'), college: t('学院', 'College'), department: t('部门', 'Department'), office: t('科室', 'Office'),
    grade: t('年级', 'Grade'), major: t('专业', 'Major'), class: t('班级', 'Class'), counsellor: t('辅导员', 'Counsellor'), counsellorNumber: t('辅导员工号', "Counsellor's number"),
    partyOrganisation: t('二级党组织', 'Party organisation'), partyBranch: t('党支部', 'Party branch'), politicalStatus: t('政治面貌', 'Political status'), phone: t('电话', 'Telephone'), email: t('邮箱', 'E-mail'),
    campus: t('校区', 'Campus'), building: t('宿舍楼', 'Building'), floor: t('楼层', 'Floor'), room: t('房间号', 'Room'), dorm: t('宿舍地址', 'Dormitory address'), livesOut: t('校外居住', 'Lives out'), onCampus: t('是否在校', 'On campus'),
    status: t('状态', 'Status'), position: t('职务', 'Position'), stay: t('起止时间', 'Period'), stayFrom: t('留校起', 'Stays from'), stayTo: t('留校止', 'Stays to'), stayReason: t('留校原因', 'Reason to stay'),
    consent: t('是否同意', 'Consent'), remark: t('备注', 'Remark'), tree: t('树', 'Tree'), path: t('组织路径', 'Path of the unit'), title: t('职务', 'Office'), from: t('起', 'From'), to: t('止', 'To'), capacity: t('角色', 'Capacity'),
    member: t('联系人', 'Member'), person: t('联系对象', 'Person looked after'),
  }
  return field === null ? t('整列或整表', 'Column or sheet') : (words[field] ?? field)
}
