using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Delegations;
using JieSuJiBan.Domain.Organisation;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class DelegationTests
{
    private static readonly Guid s_id = Guid.CreateVersion7();

    public static TheoryData<string, Actor, Actor, double, double, string> Wrong() => new()
    {
        { "delegation.role", Street, StreetHead, 0, 24, "出差" },                                           // an officer decides nothing
        { "delegation.role", StreetHead with { DeputyFor = "somebody" }, Street, 0, 24, "出差" },           // what is lent is not passed on
        { "delegation.deputy", StreetHead, StreetHead, 0, 24, "出差" },
        { "delegation.deputy", StreetHead, OtherStreet, 0, 24, "出差" },
        { "delegation.deputy", StreetHead, Street with { DeputyFor = StreetHead.UserId }, 0, 24, "出差" },
        { "delegation.deputy", DistrictLeader, Administrator, 0, 24, "出差" },                              // keeps accounts, decides no case
        { "delegation.to", StreetHead, Street, 0, 0, "出差" },
        { "delegation.to", StreetHead, Street, 48, 24, "出差" },
        { "delegation.to", StreetHead, Street, -48, -24, "出差" },
        { "delegation.long", StreetHead, Street, 0, (60 * 24) + 1, "出差" },
        { "delegation.reason", StreetHead, Street, 0, 24, " " },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhatMayNotBeLent_IsRefused(string code, Actor by, Actor deputy, double from, double to, string reason)
    {
        var (delegation, outcome) = Delegation.Give(s_id, deputy, At(from), At(to), reason, by, Morning);

        Assert.Null(delegation);
        Assert.Equal(code, outcome.Refusal?.Code);
    }

    [Fact]
    public void ItCounts_FromItsBeginning_UntilItsEnd()
    {
        var delegation = Given(24, 48);

        Assert.Equal([false, true, true, false], new[] { 23.9, 24, 47.9, 48 }.Select(hour => delegation.IsAt(At(hour))));
    }

    [Fact]
    public void WhatBeginsInThePast_BeginsNow() => Assert.Equal(Morning, Given(-5, 24).From);

    [Fact]
    public void LeaderAndDeputyEndIt_NobodyElseDoes_AndOnlyOnce()
    {
        Assert.Equal("delegation.end.role", Given(0, 24).End(OtherStreet, At(1)).Refusal?.Code);
        Assert.Equal("delegation.end.role", Given(0, 24).End(StreetHead with { DeputyFor = "somebody" }, At(1)).Refusal?.Code);
        Assert.Equal("delegation.over", Given(0, 24).End(StreetHead, At(24)).Refusal?.Code);

        foreach (var by in new[] { StreetHead, Street, Street with { DeputyFor = StreetHead.UserId } })
        {
            var delegation = Given(0, 24);
            Assert.True(delegation.End(by, At(1)).IsDone);
            Assert.False(delegation.IsAt(At(1)));
            Assert.Equal("delegation.over", delegation.End(by, At(2)).Refusal?.Code);
        }
    }

    private static Delegation Given(double from, double to) => Delegation.Give(s_id, Street, At(from), At(to), "出差", StreetHead, Morning).Delegation!;
}
