using System.Text.Json;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Tests.Support;

/// <summary>The cast and the scenes that most tests start from. A scene is named for the state it is in and built on the one before.</summary>
internal static class Given
{
    /// <summary>A Monday, nine in the morning in Beijing.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static readonly TimeRules Rules = RuleBook.ReadTimes();

    public static readonly OrgPath District = new("/11/110117/");
    public static readonly OrgPath Mafang = District.Child("110117005");
    public static readonly OrgPath Huijing = Mafang.Child("110117005001");
    public static readonly OrgPath Binhe = District.Child("110117001");
    public static readonly OrgPath EnergyOffice = District.Child("d.cgw");
    public static readonly OrgPath HousingOffice = District.Child("d.zjw");
    public static readonly OrgPath WaterOffice = District.Child("d.sw");
    public static readonly OrgPath PowerCompany = District.Child("e.gd");
    public static readonly OrgPath Enforcers = Mafang.Child("s.zhzf");
    public static readonly OrgPath PropertyOffice = Mafang.Child("s.wygl");

    public static readonly Actor Dispatcher = Actor("dispatch", "韩雪筠", District.Child("d.zhzx"), "区指挥中心", Role.Dispatcher);
    public static readonly Actor SecondDispatcher = Actor("dispatch2", "郭子安", District.Child("d.zhzx"), "区指挥中心", Role.Dispatcher);
    public static readonly Actor DistrictLeader = Actor("leader", "周启明", District, "平谷区", Role.DistrictLeader);
    public static readonly Actor Supervisor = Actor("supervisor", "秦守正", District.Child("d.dcs"), "区督查室", Role.Supervisor);
    public static readonly Actor Archivist = Actor("archive", "何静宜", District.Child("d.da"), "区档案馆", Role.Archivist);
    public static readonly Actor Administrator = Actor("admin", "罗维新", District, "平谷区", Role.Administrator);
    public static readonly Actor Street = Actor("mafang", "李晓禾", Mafang, "马坊镇", Role.StreetOfficer);
    public static readonly Actor StreetHead = Actor("mafang-lead", "赵怀远", Mafang, "马坊镇", Role.StreetLeader);
    public static readonly Actor OtherStreet = Actor("binhe", "高一凡", Binhe, "滨河街道", Role.StreetOfficer);
    public static readonly Actor Village = Actor("mafang-hj", "刘佳慧", Huijing, "马坊镇汇景社区", Role.CommunityWorker);
    public static readonly Actor GridWorker = Actor("mafang-grid", "吴小满", Huijing, "马坊镇汇景社区", Role.GridWorker);
    public static readonly Actor Enforcer = Actor("mafang-zhzf", "马骁", Enforcers, "马坊镇综合行政执法队", Role.StreetSection);
    public static readonly Actor Energy = Actor("cgw", "徐明远", EnergyOffice, "区城管委", Role.DepartmentOfficer);
    public static readonly Actor EnergyHead = Actor("cgw-head", "董承业", EnergyOffice, "区城管委", Role.DepartmentHead);
    public static readonly Actor Housing = Actor("zjw", "叶知秋", HousingOffice, "区住建委", Role.DepartmentOfficer);
    public static readonly Actor Water = Actor("sw", "汪清源", WaterOffice, "区水务局", Role.DepartmentOfficer);
    public static readonly Actor Power = Actor("gd", "邹电远", PowerCompany, "供电公司", Role.EnterpriseOfficer);

    /// <summary>The hotline, as what it did comes in with its export.</summary>
    public static readonly Actor Hotline = JieSuJiBan.Domain.Organisation.Actor.Hotline(District);

    /// <summary>Whoever has come through the public door; no account, so none of the cast.</summary>
    public static readonly Actor Citizen = JieSuJiBan.Domain.Organisation.Actor.PublicDoor(District);

    public static readonly IReadOnlyList<Actor> Cast =
    [
        Dispatcher, SecondDispatcher, DistrictLeader, Supervisor, Archivist, Administrator, Street, StreetHead, OtherStreet, Village, GridWorker, Enforcer,
        Energy, EnergyHead, Housing, Water, Power,
    ];

    public static readonly Demand Garage = new(
        "地下车库没有充电桩", "12栋楼767户，地下车库一个充电桩都没有，只能飞线充电。", Channel.Hotline, Nature.Help, "电力/充电设施/居民区充电设施建设", Huijing, "汇景社区回迁小区地下车库");

    /// <summary>The same as the hotline's order.</summary>
    public static readonly Demand Order = Garage with { SourceNumber = "BJ2026030200001", RaisedAt = Morning.AddHours(-2) };

    /// <summary>What a grid worker finds on his round.</summary>
    public static readonly Demand Find = new(
        "7号楼西侧堆着装修垃圾", "7号楼西侧堆着装修垃圾，约两车，挡住消防通道。", Channel.Grid, Nature.Help, "市容环卫/垃圾与保洁/建筑垃圾与装修垃圾", Huijing, "汇景社区7号楼西侧");

    public static readonly Petitioner Caller = new("孟庆余", "13000005115", "马坊镇汇景社区7号楼2单元501");

    public static readonly WhistleBrief Brief = new(
        WhistleKind.Hard, WhistleSubject.PeoplesNeeds, Grounds.Demand, Direction.StreetToDepartments, "地下车库充电桩建设", "约谈物业两次，摸清车位612个。",
        "《北京市街道办事处条例》第五条",
        [new Summons(EnergyOffice, true, "牵头定建设主体"), new Summons(PowerCompany, false, "核实配电容量")]);

    public static readonly WhistleBrief SmallBrief = Brief with
    {
        Direction = Direction.VillageToSections,
        Summons = [new Summons(Enforcers, true, "拆除飞线"), new Summons(PropertyOffice, false, "约谈物业")],
    };

    /// <summary>Somebody whose password was given just before a decision.</summary>
    public static Actor Fresh(this Actor actor, DateTimeOffset at) => actor with { SignedInAt = at };

    public static DateTimeOffset At(double hours) => Morning.AddHours(hours);

    // ------------------------------------------------------------------ cases

    public static readonly CallbackAnswer Yes = new(true, true, Satisfaction.Satisfied);

    public static readonly CallbackAnswer No = new(true, false, Satisfaction.Unsatisfied, UnsolvedReason.InPart, UnsatisfiedReason.Result);

    public static CaseFile RegisteredCase(Demand? demand = null, Actor? by = null) =>
        CaseFile.Register(Guid.CreateVersion7(), $"117-20260302-{Guid.NewGuid():N}", demand ?? Order, by ?? Dispatcher, Morning).File!;

    public static CaseFile DispatchedCase(OrgPath? lead = null, Demand? demand = null) => RegisteredCase(demand)
        .Do(file => file.Dispatch(new DispatchOrder(lead ?? Mafang, [], At(7 * 24), "一般诉求7日"), Rules.Calendar, Dispatcher, At(0.2)));

    public static CaseFile AcceptedCase() => DispatchedCase().Do(file => file.Accept(Street, At(0.5)));

    public static CaseFile ContactedCase() => AcceptedCase().Do(file => file.Contact(true, "已说明今天到现场。", Street, At(1)));

    public static CaseFile CaseInProgress() => ContactedCase().Do(file => file.Progress("已约谈物业。", null, Street, At(2)));

    public static CaseFile SubmittedCase() => CaseInProgress().Do(file => file.Submit("48个充电桩已通电。", null, Street, At(20)));

    public static CaseFile AnsweredCase() => SubmittedCase().Do(file => file.Answer("充电桩已可使用。", StreetHead, At(21)));

    public static CaseFile CalledBackCase(bool solved = true) => AnsweredCase().Do(file => file.CallBack(solved ? Yes : No, Dispatcher, At(8 * 24)));

    public static CaseFile UnreachedCase() => AnsweredCase()
        .Do(file => file.MissCall("无人接听", At((8 * 24) + 2), Dispatcher, At(8 * 24)))
        .Do(file => file.MissCall("关机", At((8 * 24) + 4), Dispatcher, At((8 * 24) + 2)))
        .Do(file => file.MissCall(null, null, Dispatcher, At((8 * 24) + 4)));

    public static CaseFile ClosedCase() => CalledBackCase().Do(file => file.Close("同意结案。", Dispatcher, At((8 * 24) + 1)));

    public static CaseFile StoredCase() => ClosedCase().Do(file => file.StoreFile(Pdf, 12, file.Version, At((8 * 24) + 2)));

    public static CaseFile ArchivedCase() => StoredCase().Do(file => file.Archive("PG-2026-001", "30年", Archivist, At(9 * 24)));

    public static CaseFile TakenOverCase() => RegisteredCase()
        .Do(file => file.TakeOver(new SourceEnding(Mafang, At(-100), "已安装。", true, Satisfaction.Satisfied), Hotline, At(0.1)));

    public static CaseFile WhistledCase() => WhistledPair().File;

    public static CaseFile CaseInCharge() => CaseInProgress().Do(file => file.AssignCharge(DistrictLeader, Street, "群众反映强烈。", Supervisor, At(3)));

    public static AttachmentRef Pdf => new(Guid.CreateVersion7(), "案卷.pdf", "application/pdf", 1000, new string('a', 64));

    // ------------------------------------------------------------------ duties

    public static readonly DutyTerms HeatDuty = new(
        "供热", "供热质量", "室内温度不达标", DutyScope.District, District.Child("e.rl"), "入户测温，查明原因，24小时内调节修复",
        [new CoDuty(EnergyOffice, "监督供热单位整改")], "《北京市供热采暖管理办法》", CaseLevel.Utility, new TimeLimit(24, LimitUnit.Hours), "暖气不热 家里冷");

    public static readonly DutyTerms StreetDuty = new(
        "市容环卫", "街面秩序", "占道经营", DutyScope.Street, Locality.Street, "巡查劝离，依法查处，引导进点经营",
        [new CoDuty(District.Child("d.cgzf"), "业务指导")], "《北京市市容环境卫生条例》", CaseLevel.Ordinary, new TimeLimit(7, LimitUnit.Days), "摆摊 游商");

    public static Duty ProposedDuty(DutyTerms terms, Actor? by = null) => Duty.Propose(Guid.CreateVersion7(), terms, "按新的职责分工。", null, by ?? Dispatcher, Morning).Duty!;

    public static Duty AdmittedDuty(DutyTerms terms) => ProposedDuty(terms).Do(duty => duty.Admit("同意列入。", DistrictLeader, Morning));

    // ------------------------------------------------------------------ foreseen problems

    public static readonly ForeseenTerms Cold = new(
        "供热初期不热", "点火初期排气、欠费停供，诉求全年最多；接诉24小时内入户。", "供热/供热质量", Season.Of(11, 7, 11, 30), EnergyOffice, [HousingOffice, PowerCompany],
        [new StepTerms(-30, EnergyOffice, "检修换热站"), new StepTerms(0, PowerCompany, "保障热源厂用电")]);

    public static ForeseenProblem ForeseenOn(ForeseenTerms terms, Actor? by = null) => ForeseenProblem.Propose(Guid.CreateVersion7(), terms, "按历年诉求。", by ?? Dispatcher, Morning).Problem!;

    // ------------------------------------------------------------------ cases that were found before anybody complained

    public static CaseFile FoundCase(Actor? by = null) => RegisteredCase(Find, by ?? GridWorker);

    public static CaseFile FoundAndAccepted() => FoundCase()
        .Do(file => file.Dispatch(new DispatchOrder(Mafang, [], At(7 * 24), "一般诉求7日"), Rules.Calendar, Street, At(0.2)))
        .Do(file => file.Accept(Street, At(0.5)));

    public static CaseFile FoundAndAnswered() => FoundAndAccepted()
        .Do(file => file.Progress("已叫车清运。", null, Street, At(2)))
        .Do(file => file.Submit("两车垃圾已清走。", null, Street, At(5)))
        .Do(file => file.Answer("垃圾已清走，通道已恢复。", StreetHead, At(6)));

    public static CaseFile FoundAndConfirmed(bool solved = true) => FoundAndAnswered().Do(file => file.Confirm(solved, solved ? null : "墙角还有一堆。", GridWorker, At(7)));

    public static CaseFile FoundAndSolved() => FoundCase().Do(file => file.SolveOnTheSpot("联系物业当场清走。", null, GridWorker, Morning));

    // ------------------------------------------------------------------ reviews

    public static readonly Attendance Round = new("周启明", ["区城管委", "马坊镇"], ["区水务局"], ["12345热线"], "区政府第一会议室");

    public static readonly DecisionTerms Fix = new(EnergyOffice, "三天内查清汇景社区停暖原因并恢复供热", "徐明远", At(72));

    public static Review OpenReview(Actor? by = null, DateTimeOffset? from = null) => Review.Open(Guid.CreateVersion7(), $"会117-20260302-{Guid.NewGuid():N}", Rhythm.Daily, from, by ?? Dispatcher, Morning).Review!;

    public static Review HeldReview() => OpenReview()
        .Do(review => review.Attend(Round, Dispatcher, At(1)))
        .Do(review => review.Remark("供热诉求集中，先保民生。", DistrictLeader, At(1.5)))
        .Do(review => review.Decide(Fix, Guid.CreateVersion7(), "任117-20260302-001", Dispatcher, At(2)))
        .Do(review => review.Close(At(3), [new Figure(FigureKind.Registered, 12), new Figure(FigureKind.ForeseenComing, 1, ["供热初期不热（11月7日至11月30日）"])], Dispatcher, At(3)));

    public static Review Do(this Review review, Func<Review, Outcome> act)
    {
        Assert.Null(act(review).Refusal);
        return review;
    }

    // ------------------------------------------------------------------ supervision

    public static readonly OrderTerms Overdue = new(
        SupervisionKind.Supervise, Mafang, "地下车库没有充电桩", "请说明进展和完成时间。", At(20), "《北京市接诉即办工作条例》第十四条");

    public static SupervisionOrder IssuedOrder(OrderTerms? terms = null, Actor? by = null) =>
        SupervisionOrder.Issue(Guid.CreateVersion7(), $"督117-20260302-{Guid.NewGuid():N}", terms ?? Overdue, by ?? Supervisor, Morning).Order!;

    public static SupervisionOrder AnsweredOrder() => IssuedOrder().Do(order => order.Answer("已约谈物业，周五开工。", [Pdf], Street, At(4)));

    public static SupervisionOrder ReturnedOrder() => AnsweredOrder().Do(order => order.Return("没有完成时间。", At(30), Supervisor, At(5)));

    public static SupervisionOrder SettledOrder() => ReturnedOrder()
        .Do(order => order.Answer("4月3日前完成。", null, StreetHead, At(6)))
        .Do(order => order.Settle("属实，销号。", Supervisor, At(7)));

    public static SupervisionOrder Do(this SupervisionOrder order, Func<SupervisionOrder, Outcome> act)
    {
        Assert.Null(act(order).Refusal);
        return order;
    }

    // ------------------------------------------------------------------ whistles

    public static Whistle DraftedWhistle(WhistleBrief? brief = null, Actor? by = null, CaseFile? file = null) => Whistle.Draft(
        Guid.CreateVersion7(), $"哨117-20260302-{Guid.NewGuid():N}", file, brief ?? Brief, by ?? Street, At(3)).Whistle!;

    public static Whistle SubmittedWhistle(WhistleBrief? brief = null) => DraftedWhistle(brief).Do(whistle => whistle.Submit(Rules, Street, At(3.1)));

    public static Whistle SoundedWhistle() => SubmittedWhistle().Do(whistle => whistle.Sign("同意。", Rules, StreetHead.Fresh(At(3.2)), At(3.2)));

    public static Whistle EmergencyWhistle() => DraftedWhistle(Brief with { Kind = WhistleKind.Emergency }).Do(whistle => whistle.SoundAtOnce(Rules, Street, At(3.2)));

    public static Whistle ConferringWhistle() => SoundedWhistle()
        .Do(whistle => whistle.Respond(null, "收到", Energy, At(3.5)))
        .Do(whistle => whistle.Respond(null, null, Power, At(3.6)))
        .Do(whistle => whistle.ReportIn(ReportMode.OnSite, null, null, Energy, At(5)))
        .Do(whistle => whistle.ReportIn(ReportMode.Video, null, null, Power, At(5.1)));

    public static Whistle CommittedWhistle() => ConferringWhistle()
        .Do(whistle => whistle.Commit("建48个充电桩", "能源科 徐明远", At(10 * 24), Energy, At(5.5)))
        .Do(whistle => whistle.Commit("送电", "营销部 邹电远", At(9 * 24), Power, At(5.6)));

    public static Whistle ExecutingWhistle() => CommittedWhistle().Do(whistle => whistle.IssueMinutes("纪要正文", Street, At(6)));

    public static Whistle SettledWhistle() => ExecutingWhistle()
        .Do(whistle => whistle.FeedBack(1, "48个桩已建成", null, Energy, At(48)))
        .Do(whistle => whistle.FeedBack(2, "已送电", null, Power, At(48)))
        .Do(whistle => whistle.Settle(1, Street, At(49)))
        .Do(whistle => whistle.Settle(2, Street, At(49)));

    public static Whistle ConfirmedWhistle() => SettledWhistle().Do(whistle => whistle.Confirm("已解决", Rules, Street, At(50)));

    public static Whistle EndedWhistle() => ConfirmedWhistle()
        .Do(whistle => whistle.AssessUnit(EnergyOffice, new UnitRating(5, 5, 5, 5, null), Street, At(51)))
        .Do(whistle => whistle.AssessUnit(PowerCompany, new UnitRating(5, 4, 5, 5, null), Street, At(51)))
        .Do(whistle => whistle.End(Street, At(52)));

    public static Whistle RecalledWhistle() => SoundedWhistle().Do(whistle => whistle.Recall("已自行解决", Street, At(4)));

    /// <summary>A case and the whistle that was blown from it, following each other.</summary>
    public static (CaseFile File, Whistle Whistle) WhistledPair()
    {
        var file = CaseInProgress();
        var whistle = DraftedWhistle(file: file).Do(w => w.Submit(Rules, Street, At(3.1))).Do(w => w.Sign("同意。", Rules, StreetHead.Fresh(At(3.2)), At(3.2)));
        foreach (var entry in whistle.Unsaved)
        {
            Assert.Null(file.Follow(whistle, entry).Refusal);
        }

        return (file, whistle);
    }

    public static CaseFile Do(this CaseFile file, Func<CaseFile, Outcome> act)
    {
        Assert.Null(act(file).Refusal);
        return file;
    }

    public static Duty Do(this Duty duty, Func<Duty, Outcome> act)
    {
        Assert.Null(act(duty).Refusal);
        return duty;
    }

    public static Whistle Do(this Whistle whistle, Func<Whistle, Outcome> act)
    {
        Assert.Null(act(whistle).Refusal);
        return whistle;
    }

    /// <summary>Everything an aggregate says of itself, apart from how it came to be.</summary>
    public static string Told(this Aggregate aggregate) =>
        JsonSerializer.Serialize(JsonSerializer.SerializeToNode(aggregate, aggregate.GetType())!.AsObject().Where(property => property.Key != nameof(Aggregate.Unsaved)));

    private static Actor Actor(string user, string name, OrgPath unit, string unitName, Role role) => new(user, name, unit, unitName, role, Morning);
}
