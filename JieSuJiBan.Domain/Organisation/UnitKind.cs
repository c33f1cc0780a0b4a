namespace JieSuJiBan.Domain.Organisation;

public enum UnitKind
{
    None,
    [Word("市")] City,
    [Word("区")] District,
    [Word("街乡镇")] Street,
    [Word("社区（村）")] Community,
    [Word("区级部门")] Department,
    [Word("公共服务企业")] Enterprise,
    [Word("科室（队）")] Section,
}
