using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Mutual;
using JieSuJiBan.Web.Rules;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>What a whistle's marks come to: by the scheme of their month, and never one department's score of a street.</summary>
public class WhistleScoreTests
{
    private static readonly MutualVersion s_usual = new(0, default, RuleBook.ReadMutual());

    [Fact]
    public void AUnitsScore_IsWeightedByTheSchemeOfTheMonth()
    {
        var whistle = ConfirmedWhistle().Do(w => w.AssessUnit(EnergyOffice, new UnitRating(5, 4, 3, 2, "没有办成"), Street, At(51)));
        var own = new MutualVersion(1, new Month(2026, 3), s_usual.Terms with { Unit = new UnitWeights(100, 0, 0, 0) });
        var later = own with { Version = 2, From = new Month(2026, 4), Terms = s_usual.Terms with { Unit = new UnitWeights(0, 0, 0, 100) } };

        Assert.Equal((3.3m, 0), (Of(whistle, s_usual).Units[EnergyOffice], Of(whistle, s_usual).Schemes.Single().Version));
        Assert.Equal((5m, 1), (Of(whistle, s_usual, own, later).Units[EnergyOffice], Of(whistle, s_usual, own, later).Schemes.Single().Version));
        Assert.False(Of(whistle, s_usual).Units.ContainsKey(PowerCompany));
        Assert.Equal(JieSuJiBan.Web.Mutual.Score.None, Of(whistle, s_usual).Whistle);
    }

    [Fact]
    public void AStreetsWhistle_HasNoScore_BeforeEnoughUnitsHaveRatedIt()
    {
        var two = s_usual with { Terms = s_usual.Terms with { Least = 2 } };
        var whistle = ConfirmedWhistle().Do(w => w.AssessWhistle(new WhistleRating(5, 4, 3, null), Energy, At(51)));
        Assert.Equal((1, null), (Of(whistle, two).Whistle.Ratings, Of(whistle, two).Whistle.Mean));

        whistle.Do(w => w.AssessWhistle(new WhistleRating(3, 3, 3, null), Power, At(52)));
        Assert.Equal((2, 3.55m), (Of(whistle, two).Whistle.Ratings, Of(whistle, two).Whistle.Mean));
        Assert.True(Of(whistle, s_usual).Whistle.IsHidden);
    }

    [Fact]
    public void AStreetThatADepartmentSummoned_HasNoScore()
    {
        var brief = Brief with { Direction = Direction.DepartmentToStreets, Summons = [new Summons(Mafang, true, "到场会商")] };
        var whistle = DraftedWhistle(brief, Energy).Do(w => w.Submit(Rules, Energy, At(1))).Do(w => w.Sign(null, Rules, EnergyHead.Fresh(At(2)), At(2)))
            .Do(w => w.ReportIn(ReportMode.OnSite, null, null, Street, At(3))).Do(w => w.Refuse("无此职责", "职责清单", Street, At(4)))
            .Do(w => w.IssueMinutes("纪要", Energy, At(5))).Do(w => w.Confirm("解决", Rules, Energy, At(50)))
            .Do(w => w.AssessUnit(Mafang, new UnitRating(4, 4, 4, 4, null), Energy, At(51)));

        Assert.Empty(Of(whistle, s_usual).Units);
        Assert.Empty(Of(whistle, s_usual).Schemes);
    }

    private static WhistleScore Of(Whistle whistle, params MutualVersion[] versions) => WhistleScore.Of(whistle, versions);
}
