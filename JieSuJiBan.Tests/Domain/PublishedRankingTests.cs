using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class PublishedRankingTests
{
    private static readonly SchemeTerms s_scheme = RuleBook.ReadScheme();

    private static readonly PeriodSpan s_february = new SchemeHistory(new(0, s_scheme), []).SpanOf(Period.Parse("2026-02"));

    private static readonly IReadOnlyList<RankingRow> s_rows = Rows(new(200, 198, 180, 170, 20), new(40, 36, 20, 18, 6));

    [Fact]
    public void OnlyTheDistrictsLeadersAndSupervisors_PublishIt() => Assert.All(Cast, actor => Assert.Equal(
        actor.Role is Role.DistrictLeader or Role.Supervisor, PublishedRanking.Publish(Guid.NewGuid(), RankingList.Streets, s_february, s_rows, actor, Morning).Outcome.IsDone));

    [Fact]
    public void WhatRunsStill_OrRanksNobody_IsNotPublished()
    {
        var running = new SchemeHistory(new(0, s_scheme), []).SpanOf(Period.Parse("2026-03"));
        Assert.Equal("ranking.running", PublishedRanking.Publish(Guid.NewGuid(), RankingList.Streets, running, s_rows, Supervisor, Morning).Outcome.Refusal?.Code);
        Assert.Equal("ranking.empty", PublishedRanking.Publish(Guid.NewGuid(), RankingList.Streets, s_february, Rows(default, default), Supervisor, Morning).Outcome.Refusal?.Code);
        var without = s_february with { Scheme = new(1, s_scheme with { Lists = [] }) };
        Assert.Equal("ranking.empty", PublishedRanking.Publish(Guid.NewGuid(), RankingList.Streets, without, s_rows, Supervisor, Morning).Outcome.Refusal?.Code);
    }

    [Fact]
    public void ACorrection_IsANewEdition_WithAReason_AndTheFormerOneStays()
    {
        var ranking = Published();
        var corrected = Rows(new(199, 198, 180, 170, 20), new(40, 36, 20, 18, 6));

        Assert.Equal("ranking.same", ranking.Correct(s_rows, "没有变", Supervisor, At(1)).Refusal?.Code);
        Assert.Equal("scheme.reason", ranking.Correct(corrected, "", Supervisor, At(1)).Refusal?.Code);
        Assert.Equal("ranking.role", ranking.Correct(corrected, "街道自己改", Street, At(1)).Refusal?.Code);
        Assert.True(ranking.Correct(corrected, "一件不合理诉求审核剔除", DistrictLeader, At(1)).IsDone);

        var back = PublishedRanking.Replay([.. ranking.Unsaved.Select(Stored)]);
        Assert.Equal((2, DistrictLeader.Name, "一件不合理诉求审核剔除"), (back.Edition, back.PublishedBy, back.Reason));
        Assert.Equal(corrected, back.Rows);
        Assert.Equal(s_rows, ((RankingPublished)ranking.Unsaved[0].Event).Rows);
        var difference = Assert.Single(back.Rows.DifferencesFrom(s_rows));
        Assert.Equal((Mafang, 200L, 199L), (difference.Unit, difference.Before!.Counts.Valid, difference.After!.Counts.Valid));
    }

    [Fact]
    public void WhatIsWithdrawn_StaysReadable_AndMayBePublishedAnew()
    {
        var ranking = Published();
        Assert.Equal("ranking.role", ranking.Withdraw("不服", Street, At(1)).Refusal?.Code);
        Assert.Equal("scheme.reason", ranking.Withdraw(" ", Supervisor, At(1)).Refusal?.Code);
        Assert.True(ranking.Withdraw("数据有误", Supervisor, At(1)).IsDone);
        Assert.Equal("ranking.withdrawn", ranking.Withdraw("再撤", Supervisor, At(2)).Refusal?.Code);
        Assert.Equal(("数据有误", s_rows), (ranking.WithdrawnFor, ranking.Rows));

        Assert.True(ranking.Correct(s_rows, "核对无误，恢复", Supervisor, At(3)).IsDone);
        Assert.Equal((2, null), (ranking.Edition, ranking.WithdrawnAt));
    }

    [Fact]
    public void WhoIsNew_OrGone_StandsInTheDifference()
    {
        var differences = Rankings.Rank([(Binhe, "滨河街道", new(1, 1, 1, 1, 0))], s_scheme).DifferencesFrom(Rankings.Rank([(Mafang, "马坊镇", new(1, 1, 1, 1, 0))], s_scheme));
        Assert.Equal([(Binhe, true, false), (Mafang, false, true)], differences.Select(pair => (pair.Unit, pair.Before is null, pair.After is null)));
    }

    internal static PublishedRanking Published() => PublishedRanking.Publish(Guid.NewGuid(), RankingList.Streets, s_february, s_rows, Supervisor, Morning).Ranking!;

    private static IReadOnlyList<RankingRow> Rows(RateCounts mafang, RateCounts binhe) => Rankings.Rank([(Mafang, "马坊镇", mafang), (Binhe, "滨河街道", binhe)], s_scheme);

    // As it comes out of a database.
    private static LogEntry Stored(LogEntry entry)
    {
        Assert.Equal(entry.Body, EventText.Write(EventText.Read(entry.Type, entry.Body)));
        return new LogEntry(entry.Stream, null, entry.Sequence, entry.At, entry.By.ToActor(entry.At), EventText.Read(entry.Type, entry.Body), entry.Key, new byte[LogEntry.HashLength]);
    }
}
