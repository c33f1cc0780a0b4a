using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Whistles;

namespace JieSuJiBan.Web.Demo;

/// <summary>
/// The garage of a relocation estate in 马坊镇: 12 buildings, 767 households, 15 calls in two days, one whistle, 48 charging posts.
/// From the first call to the closed file.
/// </summary>
internal static class DemoGarage
{
    /// <summary>The case begins so many hours before the demo is built.</summary>
    public const double HoursAgo = 24 * 24;

    public static void PlayGarage(
        this DemoPlay play, string number, Func<DateTimeOffset, string> whistleNumber, IReadOnlyList<AttachmentRef> before, IReadOnlyList<AttachmentRef> after)
    {
        var cast = play.Cast;
        var (town, community) = (cast.Unit("马坊镇"), cast.Unit("马坊镇/汇景社区"));
        var (energy, housing, power, fire, homes) =
            (cast.Unit("区城管委"), cast.Unit("区住建委"), cast.Unit("供电公司"), cast.Unit("区消防救援支队"), cast.Unit("区房屋保障中心"));

        play.Register(
            number,
            new Demand(
                "回迁小区地下车库没有充电桩",
                "小区是回迁安置房，12栋楼767户，地下车库一个充电桩都没有。现在买电动车的越来越多，只能从楼上飞线充电，晚上不敢睡觉。物业说车库电容量不够，推说要等开发商。"
                + "两天里邻居们已经打了15个电话，请尽快给个说法：到底谁来装、什么时候装？",
                Channel.Hotline, Nature.Help, "电力/充电设施/居民区充电设施建设", community, "马坊镇汇景社区回迁小区地下车库", null, before),
            new Petitioner("孟庆余", "13000005115", "马坊镇汇景社区回迁小区7号楼2单元501"),
            cast.Dispatcher);

        var limit = play.Rules.Plans.Single(limit => limit.Name.StartsWith("疑难复杂", StringComparison.Ordinal));
        play.Then(TimeSpan.FromMinutes(35), (file, at) => file.Dispatch(
            new DispatchOrder(town, [], limit.Limit.After(play.RegisteredAt, play.Rules.Calendar), limit.Basis, "两天内同一小区15件同类诉求，请马坊镇牵头，必要时吹哨。"), play.Rules.Calendar, cast.Dispatcher(at), at));
        play.Then(TimeSpan.FromMinutes(20), (file, at) => file.Accept(cast.Officer(town, at), at));
        play.Then(TimeSpan.FromMinutes(50), (file, at) => file.Contact(
            true, "已电话联系诉求人，说明今天下午到车库查看，并告知由李晓禾全程负责联系。诉求人最担心飞线充电引发火灾，希望先把安全管住。", cast.Officer(town, at), at));
        play.Then(TimeSpan.FromMinutes(15), (file, at) => file.Assign(
            community, "请社区今天摸清车位数、电动车辆数和飞线位置，先劝阻飞线充电。", cast.Officer(town, at), at));
        play.Then(TimeSpan.FromHours(4), (file, at) => file.Progress(
            "地下车库车位612个，小区现有电动汽车53辆；发现飞线7处，已当面劝拆5处，另2处户主不在家，已留告知单。", null, cast.Officer(community, at), at));
        play.Then(TimeSpan.FromHours(2), (file, at) => file.Progress(
            "已与物业、原建设单位座谈。物业表示配电室余量不明、没有改造资金；建设单位表示项目已移交。镇里协调不下来，需要供电、城管、住建等部门一起定方案。",
            null, cast.Officer(town, at), at));

        Blow(play, whistleNumber, town, energy, housing, power, fire, homes);
        Confer(play, town, energy, housing, power, fire, homes);
        Carry(play, town, energy, housing, power, fire, after);

        play.Then(TimeSpan.FromHours(3), (file, at) => file.Submit(
            "地下车库建成充电桩48个并通电，飞线7处全部拆除，增设灭火器材和视频巡查；充电服务费按公示标准收取，物业与运营单位签订管理协议。", after, cast.Actor(town, Role.StreetOfficer, at), at));
        play.Then(TimeSpan.FromHours(2), (file, at) => file.Answer(
            "您反映的地下车库没有充电桩问题已经解决：车库内48个充电桩已通电使用，扫码即可充电；原有飞线全部拆除。后续如需增桩，请联系汇景社区登记。", cast.Head(town, at), at));

        play.AfterTheLimit();
        play.Then(TimeSpan.FromHours(2), (file, at) => file.CallBack(
            new CallbackAnswer(true, true, Satisfaction.Satisfied, Remark: "诉求人表示已经用上充电桩，晚上能睡踏实了。", Reached: Reached.Petitioner), cast.Actor(cast.Unit("区指挥中心"), Role.Dispatcher, at), at));
        play.Then(TimeSpan.FromHours(1), (file, at) => file.Close("诉求已解决，诉求人满意，同意结案。15件同类诉求一并答复。", cast.Dispatcher(at), at));
    }

    private static void Blow(
        DemoPlay play, Func<DateTimeOffset, string> number, OrgPath town, OrgPath energy, OrgPath housing, OrgPath power, OrgPath fire, OrgPath homes)
    {
        var cast = play.Cast;
        var brief = new WhistleBrief(
            WhistleKind.Hard, WhistleSubject.PeoplesNeeds, Grounds.Demand, Direction.StreetToDepartments, "汇景社区回迁小区地下车库充电桩建设",
            "镇里两天内约谈物业和原建设单位，社区摸清车位612个、电动汽车53辆，已劝拆飞线5处。配电容量、建设主体和资金三件事镇里定不了。",
            "《北京市街道办事处条例》第十一条；《北京市电动汽车充电基础设施发展规划》；《北京市消防条例》关于电动车充电安全的规定",
            [
                new Summons(energy, true, "牵头定建设主体和建设方案，明确充电设施补贴能否适用。"),
                new Summons(housing, false, "确认回迁小区公共部位改造程序，督促物业配合。"),
                new Summons(power, false, "现场核实配电容量，给出增容或接电方案和时间。"),
                new Summons(fire, false, "对地下车库建桩提出消防要求，指导先期管控飞线。"),
                new Summons(homes, false, "说明回迁安置项目车库产权和移交情况。"),
            ]);
        play.Blow(TimeSpan.FromHours(1), number, brief, at => cast.Officer(town, at));
        play.InRoom(TimeSpan.FromMinutes(8), (whistle, at) => whistle.Submit(play.Rules, cast.Officer(town, at), at));
        play.InRoom(TimeSpan.FromMinutes(16), (whistle, at) => whistle.Sign("同意吹哨。群众等不起，请各部门明天到现场。", play.Rules, cast.Head(town, at), at));

        Respond(power, 9, "收到，配电运检中心明天上午到现场测容量。");
        Respond(energy, 14, "收到，由能源运行科牵头，带充电设施建设单位一起到。");
        Respond(fire, 30, "明天上午到场，先看飞线和疏散通道。");
        Respond(housing, 55, "物业科参加。");
        play.InRoom(TimeSpan.FromMinutes(20), (whistle, at) => whistle.See(cast.Officer(homes, at), at));
        play.InRoom(TimeSpan.FromMinutes(25), (whistle, at) => whistle.ObjectToSummons(
            "车库产权已随小区整体移交业主共有，后续改造不属我中心职责。", "回迁安置房移交协议第六条", play.Rules, cast.Officer(homes, at), at));

        void Respond(OrgPath unit, int minutes, string text)
        {
            play.InRoom(TimeSpan.FromMinutes(minutes), (whistle, at) => whistle.See(cast.Officer(unit, at), at));
            play.InRoom(TimeSpan.FromMinutes(2), (whistle, at) => whistle.Respond(null, text, cast.Officer(unit, at), at));
        }
    }

    private static void Confer(DemoPlay play, OrgPath town, OrgPath energy, OrgPath housing, OrgPath power, OrgPath fire, OrgPath homes)
    {
        var cast = play.Cast;
        play.InRoom(TimeSpan.FromHours(14), (whistle, at) => whistle.Release(homes, "异议成立：产权已移交，移交协议已发哨室，不再召集。", cast.Officer(town, at), at));
        ReportIn(power, 30, ReportMode.OnSite, "带测试设备，3人到场");
        ReportIn(energy, 6, ReportMode.OnSite, "与建设单位2人同到");
        ReportIn(fire, 11, ReportMode.OnSite, null);
        ReportIn(housing, 25, ReportMode.Video, "科长视频接入");

        Say(town, 3, "人到齐了。先请供电公司说配电室的情况，这是大家最关心的。");
        Say(power, 12, "刚测完：两台630变压器，平均负载不到四成，夜间余量够带48个7千瓦交流桩，错峰管理，不用增容。");
        Say(energy, 4, "那就按48个桩做方案，由我们引入的建设单位投资建设和运营，居民不出钱。运营补贴按市里办法申报。");
        Say(fire, 5, "地下建桩可以，但要划防火分区，桩位离疏散口6米以上，配灭火器和烟感；飞线必须先拆干净。");
        Say(housing, 6, "公共部位建桩，业委会没成立的，由居委会组织公示征求意见，7天无异议就能进场。物业我们来约谈。");
        Say(town, 4, "公示今天就贴，社区同步挨户说明。请各家把措施、责任人、时间报上来，写进纪要。");

        Commit(energy, 5, "引入建设单位投资建设48个7千瓦交流充电桩，公示结束即进场，建成后纳入日常监管", "能源运行科 徐明远", 16);
        Commit(power, 4, "免费敷设电源进线并安装计量，随桩群同步送电", "配电运检中心 邹电远", 15);
        Commit(housing, 6, "约谈物业，签订充电区域管理协议，飞线巡查每日两次", "物业管理科 叶知秋", 4);
        Commit(fire, 3, "出具桩位消防要求，建成后现场复查", "防火监督科 石磊", 17);
        play.InRoom(TimeSpan.FromMinutes(8), (whistle, at) => whistle.Resolve(
            power, "今天先给车库加装临时集中充电插座箱6路，过渡期使用", "营销部值班经理", at + TimeSpan.FromDays(1), cast.Officer(town, at), at));
        play.InRoom(TimeSpan.FromMinutes(20), (whistle, at) => whistle.IssueMinutes(
            MinutesWriter.Write(whistle, whistle.Unsaved, cast.Units, at), cast.Officer(town, at), at));
        foreach (var unit in new[] { energy, power, housing, fire })
        {
            play.InRoom(TimeSpan.FromMinutes(12), (whistle, at) => whistle.ConfirmMinutes(cast.Officer(unit, at), at));
        }

        void ReportIn(OrgPath unit, int minutes, ReportMode mode, string? text) =>
            play.InRoom(TimeSpan.FromMinutes(minutes), (whistle, at) => whistle.ReportIn(mode, text, null, cast.Officer(unit, at), at));

        void Say(OrgPath unit, int minutes, string text) =>
            play.InRoom(TimeSpan.FromMinutes(minutes), (whistle, at) => whistle.Post(text, null, null, cast.Officer(unit, at), at));

        void Commit(OrgPath unit, int minutes, string measure, string person, int days) =>
            play.InRoom(TimeSpan.FromMinutes(minutes), (whistle, at) => whistle.Commit(measure, person, at + TimeSpan.FromDays(days), cast.Officer(unit, at), at));
    }

    private static void Carry(
        DemoPlay play, OrgPath town, OrgPath energy, OrgPath housing, OrgPath power, OrgPath fire, IReadOnlyList<AttachmentRef> after)
    {
        var cast = play.Cast;
        FeedBack(power, 5, 20, "6路临时插座箱已装好，今晚可用。", null);
        FeedBack(housing, 3, 40, "已约谈物业，管理协议签订，飞线7处全部拆除，巡查记录每日上墙。", null);
        play.InRoom(TimeSpan.FromHours(30), (whistle, at) => whistle.AskLeader(
            new LeaderQuestion(
                RequestKind.Extension, "公示期间有3户对桩位提出意见，调整后重新公示7天，建桩完成要晚于原时限。",
                play.File.DueAt!.Value + TimeSpan.FromDays(7), null, "已由社区向诉求人当面说明：桩位调整后重新公示，完工时间顺延，过渡期用临时插座箱。"), play.Rules,
            cast.Officer(town, at), at));
        play.InRoom(TimeSpan.FromHours(3), (whistle, at) => whistle.Decide(
            1, Decision.Approved, "同意延期。居民意见要一户一户答复，临时充电要保证安全。", null, null, play.Rules, cast.DistrictLeader(at), at));
        FeedBack(power, 2, 190, "电源进线敷设和计量安装完成，今天上午送电。", null);
        FeedBack(energy, 1, 6, "48个充电桩全部建成并调试，已接入监管平台，收费标准公示。", after);
        FeedBack(fire, 4, 5, "现场复查：桩位、烟感、灭火器、疏散标识符合要求。", null);
        play.InRoom(TimeSpan.FromHours(2), (whistle, at) => whistle.Confirm("48个充电桩建成通电，飞线全部拆除，15名来电居民已逐一回访。", play.Rules, cast.Officer(town, at), at));
        foreach (var (unit, rating, own) in new[]
        {
            (energy, new UnitRating(5, 5, 5, 5, "牵头有力，方案一次定下来。"), new WhistleRating(5, 5, 5, "情况摸得清，来了就能办。")),
            (power, new UnitRating(5, 5, 5, 5, "当场测容量，解开了最大的疙瘩。"), new WhistleRating(5, 5, 4, null)),
            (housing, new UnitRating(4, 4, 5, 5, null), new WhistleRating(5, 4, 5, null)),
            (fire, new UnitRating(5, 5, 5, 5, null), new WhistleRating(5, 5, 5, null)),
        })
        {
            play.InRoom(TimeSpan.FromMinutes(3), (whistle, at) => whistle.AssessUnit(unit, rating, cast.Officer(town, at), at));
            play.InRoom(TimeSpan.FromMinutes(9), (whistle, at) => whistle.AssessWhistle(own, cast.Officer(unit, at), at));
        }

        play.InRoom(TimeSpan.FromMinutes(10), (whistle, at) => whistle.End(cast.Officer(town, at), at));

        void FeedBack(OrgPath unit, int no, int hours, string text, IReadOnlyList<AttachmentRef>? files)
        {
            play.InRoom(TimeSpan.FromHours(hours), (whistle, at) => whistle.FeedBack(no, text, files, cast.Officer(unit, at), at));
            play.InRoom(TimeSpan.FromMinutes(30), (whistle, at) => whistle.Settle(no, cast.Officer(town, at), at));
        }
    }
}
