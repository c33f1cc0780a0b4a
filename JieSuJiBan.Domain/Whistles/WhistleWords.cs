namespace JieSuJiBan.Domain.Whistles;

public enum WhistleKind
{
    [Word("日常哨")] Routine,
    [Word("攻坚哨")] Hard,
    [Word("应急哨")] Emergency,
}

public enum WhistleSubject
{
    [Word("民情民需")] PeoplesNeeds,
    [Word("服务发展")] Development,
    [Word("主动治理")] Proactive,
}

/// <summary>What a street may summon departments for (街道条例 5).</summary>
public enum Grounds
{
    [Word("群众诉求")] Demand,
    [Word("重点工作")] KeyTask,
    [Word("综合执法")] JointEnforcement,
    [Word("应急处置")] Emergency,
}

/// <summary>Who summons whom (三协同, and the tier inside a street).</summary>
public enum Direction
{
    [Word("街乡吹哨、部门报到")] StreetToDepartments,
    [Word("一门主责、其他配合")] DepartmentToDepartments,
    [Word("部门要求、街乡落实")] DepartmentToStreets,
    [Word("村居吹哨、科室报到")] VillageToSections,
}

public enum WhistleStage
{
    [Word("拟哨")] Drafted,
    [Word("待审签")] AwaitingSignature,
    [Word("已吹哨")] Sounded,
    [Word("会商处置")] Conferring,
    [Word("执行中")] Executing,
    [Word("已确认")] Confirmed,
    [Word("已结哨")] Ended,
    [Word("已撤哨")] Recalled,
}

public enum UnitState
{
    [Word("待响应")] Awaiting,
    [Word("职责异议")] Objected,
    [Word("已响应")] Responded,
    [Word("已报到")] ReportedIn,
    [Word("已提措施")] Committed,
    [Word("不予承办")] Refused,
    [Word("已反馈")] FedBack,
    [Word("已销项")] Settled,
    [Word("已退出")] Released,
}

public enum ReportMode
{
    [Word("现场")] OnSite,
    [Word("视频")] Video,
    [Word("书面")] Writing,
}

public enum ResolutionState
{
    [Word("待议定")] Proposed,
    [Word("已议定")] Agreed,
    [Word("已反馈")] FedBack,
    [Word("已销项")] Settled,
    [Word("未采纳")] Dropped,
}

public enum RequestKind
{
    [Word("提级")] Escalation,
    [Word("延期")] Extension,
    [Word("挂账")] Suspension,
    [Word("改派")] Reassignment,
    [Word("逾期未办")] Overdue,
}

public enum Decision
{
    [Word("待决定")] Waiting,
    [Word("同意")] Approved,
    [Word("退回")] Returned,
    [Word("批示")] Instructed,
    [Word("无需批示")] Moot,
}

/// <summary>What a unit is late with.</summary>
public enum LateMatter
{
    [Word("响应")] Response,
    [Word("报到")] Arrival,
    [Word("落实措施")] Measure,
}

public enum MinutesAnswer
{
    [Word("待确认")] Waiting,
    [Word("已确认")] Confirmed,
    [Word("有异议")] Disputed,
}

public static class Stages
{
    /// <summary>Open to talk and work: everything between the first draft and the end.</summary>
    public static bool IsOpen(this WhistleStage stage) => stage is not (WhistleStage.Ended or WhistleStage.Recalled);

    /// <summary>Units have been summoned and act.</summary>
    public static bool IsLive(this WhistleStage stage) => stage is WhistleStage.Sounded or WhistleStage.Conferring or WhistleStage.Executing;
}
