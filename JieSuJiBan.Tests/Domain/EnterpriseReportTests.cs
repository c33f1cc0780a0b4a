using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class EnterpriseReportTests
{
    private static readonly DateTimeOffset s_after = new(2026, 2, 19, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TheSentences_SayWhatWasCounted_AndEachNumberKnowsItsQuestion()
    {
        var findings = EnterpriseWriter.Write(Month());
        var text = findings.Select(finding => finding.Text).ToList();

        Assert.Equal("本期收到企业诉求120件，比上期（100件）上升20%，比去年同期（150件）下降20%。", text[0]);
        Assert.Equal("答复110件，其中按期答复99件，按期答复率90%，上期95%。", text[1]);
        Assert.Equal("有效回访40件，其中已响应36件、已解决20件、满意18件、基本满意6件。响应率90.00%、解决率50.00%、满意率58.50%，综合57.4分。", text[2]);
        Assert.Equal("与上期比，解决率（90.00%）低40.00个百分点，满意率（94.00%）低35.50个百分点。", text[3]);
        Assert.Contains("反映最多的是违法停车60件（占50%）、停电30件（占25%）。", text);
        Assert.Contains("比上期上升较快的是违法停车，由40件到60件（上升50%）。", text);
        Assert.Contains("同一地方集中反映的是马坊镇违法停车12件。", text);
        Assert.Contains("街乡镇办理企业诉求的3个，参评2个，没有有效回访不参评1个，小样本1个。综合靠前的是滨河街道57.4分。", text);
        Assert.Contains("期末未办结9件，其中超期未答复4件；本期超期答复11件，双否5件。", text);
        Assert.Contains(text, line => line.StartsWith("请马坊镇等主办单位尽快答复超期的4件", StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Empty(finding.Missing));

        var before = findings[0].Numbers[1];
        Assert.Equal(("100件", EnterpriseFigure.Received, new DateOnly(2025, 12, 19)), (before.Text, before.Of!.Figure, before.Of.From));
        Assert.Equal((Binhe, EnterpriseFigure.Valid), findings.First(finding => finding.Part == ReportPart.Units).Numbers[0].Of is { } of ? (of.Unit!.Value, of.Figure) : default);
    }

    [Fact]
    public void AnEmptyMonth_SaysSo_AndNothingElse() =>
        Assert.Equal(["本期没有收到企业诉求。"], EnterpriseWriter.Write(Month() with { Total = default, TotalBefore = default, TotalYearAgo = default, Open = 0, Overdue = 0, Categories = [], Streets = [], Hot = [], Tables = [], Ranking = new(null, []) })
            .Select(finding => finding.Text));

    [Fact]
    public void NobodyAsked_HasNoRates() =>
        Assert.Contains("本期没有有效回访，不计三率。", EnterpriseWriter.Write(Month() with { Total = Month().Total with { Counts = default } }).Select(finding => finding.Text));

    [Fact]
    public void ANumber_IsFoundInTheText_NotWithinAnother_AndMissedWhereSomebodyWroteAnother()
    {
        var (three, thirteen) = (new ReportNumber("3件", "双否"), new ReportNumber("13件", "收到"));

        Assert.Equal(["收到", "13件", "，双否", "3件", "。"], new ReportFinding(ReportPart.Overview, "收到13件，双否3件。", [thirteen, three]).Pieces.Select(piece => piece.Text));
        Assert.Equal([three], new ReportFinding(ReportPart.Overview, "双否13件。", [three]).Missing);
        Assert.Equal([thirteen], new ReportFinding(ReportPart.Overview, "收到14件，双否3件。", [thirteen, three]).Missing);
        var (parking, power, roads) = (new ReportNumber("60件", "违法停车", Behind: "违法停车"), new ReportNumber("30件", "停电", Behind: "停电"), new ReportNumber("30件", "农村道路", Behind: "农村道路"));
        Assert.Equal([power], new ReportFinding(ReportPart.Features, "违法停车60件、农村道路30件。", [parking, power, roads]).Missing);
        Assert.Empty(new ReportFinding(ReportPart.Features, "违法停车60件、停电30件、农村道路30件。", [parking, power, roads]).Missing);
        Assert.Equal("收到14件，双否3件。", string.Concat(new ReportFinding(ReportPart.Overview, "收到14件，双否3件。", [thirteen, three]).Pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public void OfTwoAlike_TheOneThatSomebodyRewrote_IsMissed()
    {
        var (now, before) = (new ReportNumber("4件", "收到"), new ReportNumber("4件", "上期收到"));
        var finding = ReportFinding.Of(ReportPart.Overview, "收到企业诉求", now, "，比上期（", before, "）持平。");

        Assert.Equal(["收到"], (finding with { Text = "收到企业诉求5件，比上期（4件）持平。" }).Missing.Select(number => number.Name));
        Assert.Equal(["上期收到"], (finding with { Text = "收到企业诉求4件，上期5件。" }).Missing.Select(number => number.Name));
        Assert.Equal(["收到", "上期收到"], (finding with { Text = "共4件，与上期（4件）一样。" }).Pieces.Select(piece => piece.Number?.Name).OfType<string>());
    }

    [Fact]
    public void Numbers_AreCountedThrough_InTheOrderOfTheText()
    {
        var findings = EnterpriseWriter.Write(Month());
        Assert.Equal(Enumerable.Range(1, findings.Sum(finding => finding.Numbers.Count)), findings.Numbered().Select(one => one.No));
        Assert.Equal("120件", findings.Numbered()[0].Number.Text);
    }

    [Fact]
    public void AReport_IsDraftedWhenThePeriodHasEnded_ByTheDistrict()
    {
        Assert.Equal("enterprise-report.running", EnterpriseReport.Draft(Guid.NewGuid(), Month(), Findings, Dispatcher, s_after.AddHours(-12)).Outcome.Refusal?.Code);
        foreach (var actor in Cast)
        {
            var refusal = EnterpriseReport.Draft(Guid.NewGuid(), Month(), Findings, actor, s_after).Outcome.Refusal;
            Assert.Equal(actor.Role.OverseesDistrict() ? null : "enterprise-report.role", refusal?.Code);
            Assert.Equal(actor.Role is Role.DistrictLeader or Role.Supervisor ? null : "enterprise-report.publisher", Drafted().Publish(actor, s_after).Refusal?.Code);
        }
    }

    [Fact]
    public void WhatIsPublished_ChangesOnlyAsANewEdition_OfThisPeriodAndScheme()
    {
        var report = Drafted();
        Assert.Equal("enterprise-report.draft", report.Correct(Month(), Findings, "漏了", Supervisor, s_after).Refusal?.Code);
        Assert.Null(report.Edit([Findings[0] with { Text = "改" }], Dispatcher, s_after).Refusal);
        Assert.Null(report.Recount(Month() with { Open = 8 }, Findings, Dispatcher, s_after).Refusal);
        Assert.Equal("enterprise-report.other", report.Recount(Month() with { Now = new("2026-01", new(2025, 12, 19), new(2026, 1, 19)) }, Findings, Dispatcher, s_after).Refusal?.Code);
        Assert.Null(report.Publish(DistrictLeader, s_after).Refusal);

        Assert.Equal("enterprise-report.published", report.Edit(Findings, Dispatcher, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.published", report.Recount(Month(), Findings, Dispatcher, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.published", report.Publish(Supervisor, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.publisher", report.Correct(Month(), Findings, "漏了", Dispatcher, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.reason", report.Correct(Month(), Findings, " ", Supervisor, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.other", report.Correct(Month() with { Scheme = new(3, RuleBook.ReadScheme()) }, Findings, "换", Supervisor, s_after).Refusal?.Code);
        Assert.Null(report.Correct(Month() with { Open = 7 }, Findings, "漏了", Supervisor, s_after).Refusal);
        Assert.Equal((2, "漏了", 7L), (report.Edition, report.Reason, report.Month.Open));
        Assert.Equal(report.Told(), EnterpriseReport.Replay(report.Unsaved).Told());
    }

    [Fact]
    public void NoText_OrTooMuch_IsRefused()
    {
        Assert.Equal("enterprise-report.findings", Drafted().Edit([], Dispatcher, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.findings", Drafted().Edit([new(ReportPart.Advice, " ", [])], Dispatcher, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.findings", Drafted().Edit([new(ReportPart.Advice, new string('长', ReportFinding.MaxText + 1), [])], Dispatcher, s_after).Refusal?.Code);
        Assert.Equal("enterprise-report.findings", Drafted().Edit([.. Enumerable.Repeat(Findings[0], EnterpriseReport.MostFindings + 1)], Dispatcher, s_after).Refusal?.Code);
    }

    [Fact]
    public void AnEdition_NamesWhatItSaysOtherwise()
    {
        var after = Month() with { Open = 7, Tables = [new(RankingList.Streets, true, [Line(Binhe, "滨河街道", new(41, 36, 20, 18, 6), 50)])] };

        var differences = after.DifferencesFrom(Month());

        Assert.Contains(new ReportDifference("期末未办结", "9件", "7件"), differences);
        Assert.Contains(new ReportDifference("滨河街道有效回访", "40件", "41件"), differences);
        Assert.Contains(new ReportDifference("马坊镇有效回访", "3件", "—"), differences);
        Assert.DoesNotContain(differences, pair => pair.Name == "收到");
        var (removed, added) = new ReportFinding[] { new(ReportPart.Advice, "甲", []) }.TextFrom([new(ReportPart.Advice, "乙", [])]);
        Assert.Equal("乙甲", string.Concat(removed.Concat(added)));
    }

    internal static EnterpriseMonth Month()
    {
        var scheme = new SchemeVersion(0, RuleBook.ReadScheme());
        return new(
            new("2026-02", new(2026, 1, 19), new(2026, 2, 19)), new("2026-01", new(2025, 12, 19), new(2026, 1, 19)), new("2025-02", new(2025, 1, 19), new(2025, 2, 19)), scheme, s_after,
            new(120, 110, 11, new(40, 36, 20, 18, 6), 5), new(100, 100, 5, new(200, 198, 180, 170, 20), 2), new(150, 0, 0, default, 0), 9, 4,
            [new("停车/机动车停车/违法停车", "停车/机动车停车/违法停车", 60, 40), new("电力/供电保障/停电", "电力/供电保障/停电", 30, 30)],
            [new(Mafang.Value, "马坊镇", 70, 60), new(Binhe.Value, "滨河街道", 50, 40)], [new(Mafang, "马坊镇", "停车/机动车停车/违法停车", 12)],
            [.. Enumerable.Range(0, 13).Select(back => new MonthCount(new Period(PeriodKind.Month, back < 11 ? 2025 : 2026, back < 11 ? back + 2 : back - 10).ToString(), 60 + (back * 5)))],
            [
                new(RankingList.Streets, true, [Line(Binhe, "滨河街道", new(40, 36, 20, 18, 6), 50), Line(Mafang, "马坊镇", new(3, 3, 2, 1, 1), 10, overdue: 4), Line(District.Child("110117002"), "兴谷街道", default, 2)]),
                new(RankingList.Departments, true, []), new(RankingList.Enterprises, true, []),
            ],
            new(1, Rankings.Rank([(PowerCompany, "供电公司", new(200, 198, 180, 170, 20)), (District.Child("e.rl"), "热力公司", new(40, 36, 20, 18, 6))], scheme.Terms)));
    }

    private static IReadOnlyList<ReportFinding> Findings => EnterpriseWriter.Write(Month());

    private static EnterpriseReport Drafted() => EnterpriseReport.Draft(Guid.NewGuid(), Month(), Findings, Dispatcher, s_after).Report!;

    private static EnterpriseLine Line(OrgPath unit, string name, RateCounts counts, long answered, long overdue = 0) =>
        new(Rankings.Rank([(unit, name, counts)], RuleBook.ReadScheme())[0], answered, 0, overdue);
}
