using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class SupervisionTests
{
    [Fact]
    public void AnOrder_GoesToItsUnit_WithAnswerAndReturn_ToTheEnd()
    {
        var order = SettledOrder();

        Assert.Equal((SupervisionState.Settled, 1, false, At(6), At(7)), (order.State, order.ReturnCount, order.IsOpen, order.AnsweredAt, order.EndedAt));
        Assert.Equal([(Mafang, OrderPart.Addressee), (Supervisor.Unit, OrderPart.Issuer), (District, OrderPart.Copy)], order.Parties.Select(party => (party.Unit, party.Part)));
        Assert.All(order.Parties, party => Assert.False(party.IsOpen));
    }

    [Fact]
    public void ReplayedLog_IsTheOrder()
    {
        var order = SettledOrder();

        Assert.Equal(order.Told(), SupervisionOrder.Replay(order.Unsaved).Told());
    }

    public static TheoryData<string, SupervisionKind, string, string?> Issuers() => new()
    {
        { "supervisor", SupervisionKind.Investigate, Mafang.Value, null },
        { "leader", SupervisionKind.Investigate, EnergyOffice.Value, null },
        { "dispatch", SupervisionKind.Remind, Mafang.Value, null },
        { "dispatch", SupervisionKind.Task, PowerCompany.Value, null },
        { "dispatch", SupervisionKind.Supervise, Mafang.Value, "supervision.kind" },
        { "supervisor", SupervisionKind.Remind, Huijing.Value, "supervision.role" },
        { "supervisor", SupervisionKind.Supervise, "/11/110105/110105001/", "supervision.role" },
        { "mafang-lead", SupervisionKind.Supervise, Huijing.Value, null },
        { "mafang-lead", SupervisionKind.Task, Enforcers.Value, null },
        { "mafang-lead", SupervisionKind.Investigate, Huijing.Value, "supervision.kind" },
        { "mafang-lead", SupervisionKind.Supervise, Binhe.Value, "supervision.role" },
        { "mafang-lead", SupervisionKind.Supervise, Mafang.Value, "supervision.role" },
        { "mafang", SupervisionKind.Remind, Huijing.Value, null },
        { "mafang", SupervisionKind.Supervise, Huijing.Value, "supervision.kind" },
        { "cgw-head", SupervisionKind.Supervise, Mafang.Value, "supervision.street" },
        { "cgw", SupervisionKind.Remind, Mafang.Value, "supervision.street" },
        { "cgw-head", SupervisionKind.Supervise, PowerCompany.Value, "supervision.role" },
        { "cgw-head", SupervisionKind.Supervise, EnergyOffice.Child("s.ny").Value, null },
        { "mafang-hj", SupervisionKind.Remind, Huijing.Value, "supervision.role" },
        { "archive", SupervisionKind.Remind, Mafang.Value, "supervision.role" },
    };

    [Theory]
    [MemberData(nameof(Issuers))]
    public void TheDistrictSupervisesItsUnits_AStreetItsOwn_ADepartmentNeverAStreet(string user, SupervisionKind kind, string unit, string? refusal) => Assert.Equal(
        refusal,
        SupervisionOrder.Issue(Guid.NewGuid(), "1", Overdue with { Kind = kind, Unit = new OrgPath(unit) }, Cast.Single(actor => actor.UserId == user), Morning).Outcome.Refusal?.Code);

    [Fact]
    public void AnOrder_SaysWhatIsAsked_WhyAndUntilWhen()
    {
        Assert.Equal("supervision.missing.title", Refusal(Overdue with { Title = " " }));
        Assert.Equal("supervision.missing.text", Refusal(Overdue with { Text = "" }));
        Assert.Equal("supervision.missing.basis", Refusal(Overdue with { Basis = "" }));
        Assert.Equal("supervision.too-long", Refusal(Overdue with { Text = new string('长', OrderTerms.MaxText + 1) }));
        Assert.Equal("supervision.due", Refusal(Overdue with { DueAt = Morning }));
        Assert.Equal("supervision.reported", Refusal(Overdue with { Subject = new OrderSubject(SubjectKind.Case, Guid.NewGuid(), ReportedUnit: Mafang) }));

        static string? Refusal(OrderTerms terms) => SupervisionOrder.Issue(Guid.NewGuid(), "1", terms, Supervisor, Morning).Outcome.Refusal?.Code;
    }

    [Fact]
    public void CopiesRise_WithTheKind()
    {
        Assert.Empty(Copies(IssuedOrder(Overdue with { Kind = SupervisionKind.Remind })));
        Assert.Equal([District], Copies(IssuedOrder(Overdue with { Kind = SupervisionKind.Investigate })));
        Assert.Equal([Mafang, District], Copies(IssuedOrder(Overdue with { Unit = Huijing }, StreetHead)));

        static IEnumerable<OrgPath> Copies(SupervisionOrder order) => order.Parties.Where(party => party.Part == OrderPart.Copy).Select(party => party.Unit);
    }

    [Fact]
    public void OnlyTheUnitAnswers_AndOnlyWhenItIsItsTurn()
    {
        Assert.Equal("supervision.not-yours", IssuedOrder().Answer("已办", null, OtherStreet, At(1)).Refusal?.Code);
        Assert.Equal("supervision.not-yours", IssuedOrder().Answer("已办", null, Supervisor, At(1)).Refusal?.Code);
        Assert.Equal("supervision.missing.text", IssuedOrder().Answer(" ", null, Street, At(1)).Refusal?.Code);
        Assert.Equal("supervision.state", AnsweredOrder().Answer("再答", null, Street, At(5)).Refusal?.Code);
        Assert.Equal("supervision.state", SettledOrder().Answer("再答", null, Street, At(9)).Refusal?.Code);
        Assert.True(ReturnedOrder().Answer("再答", null, StreetHead, At(6)).IsDone);
    }

    [Fact]
    public void WhoeverMayGiveIt_JudgesTheAnswer_AndNeverTheUnitItself()
    {
        foreach (var nobody in new[] { Street, StreetHead, Dispatcher, Energy, Village })
        {
            Assert.Equal("supervision.judge", AnsweredOrder().Settle("属实", nobody, At(5)).Refusal?.Code);
            Assert.Equal("supervision.judge", AnsweredOrder().Return("不实", At(9), nobody, At(5)).Refusal?.Code);
        }

        Assert.True(AnsweredOrder().Settle("属实", DistrictLeader, At(5)).IsDone);
        Assert.Equal("supervision.state", IssuedOrder().Settle("属实", Supervisor, At(5)).Refusal?.Code);
        Assert.Equal("supervision.missing.opinion", AnsweredOrder().Settle("", Supervisor, At(5)).Refusal?.Code);
        Assert.Equal("supervision.missing.reason", AnsweredOrder().Return("", At(9), Supervisor, At(5)).Refusal?.Code);
        Assert.Equal("supervision.due", AnsweredOrder().Return("不实", At(5), Supervisor, At(5)).Refusal?.Code);
    }

    [Fact]
    public void Withdrawn_ItIsOver()
    {
        var order = IssuedOrder();

        Assert.Equal("supervision.judge", order.Withdraw("错发", Street, At(1)).Refusal?.Code);
        Assert.Equal("supervision.missing.reason", order.Withdraw("", Supervisor, At(1)).Refusal?.Code);
        Assert.True(order.Withdraw("错发", Supervisor, At(1)).IsDone);
        Assert.Equal("supervision.state", order.Withdraw("错发", Supervisor, At(2)).Refusal?.Code);
        Assert.Null(order.ClockAt);
    }

    [Fact]
    public void ALateAnswer_IsWrittenDownOnce_ForEachTerm()
    {
        var order = IssuedOrder();
        Assert.Equal(Overdue.DueAt, order.ClockAt);

        order.Do(o => o.Ring(At(19)));
        Assert.Single(order.Unsaved);
        order.Do(o => o.Ring(At(20))).Do(o => o.Ring(At(21)));
        Assert.Equal((2, true, null), (order.Unsaved.Count, order.IsLate, order.ClockAt));

        order.Do(o => o.Answer("晚了", null, Street, At(22))).Do(o => o.Return("不全", At(40), Supervisor, At(23)));
        Assert.Equal((false, At(40)), (order.IsLate, order.ClockAt));
        order.Do(o => o.Ring(At(41)));
        Assert.True(order.IsLate);
    }

    [Fact]
    public void TheLamp_TurnsYellowInTheLastQuarter_AndRedWhenTheTimeIsOver()
    {
        var order = IssuedOrder();

        Assert.Equal([Lamp.Green, Lamp.Yellow, Lamp.Red], new[] { At(10), At(16), At(20) }.Select(order.LampAt));
        Assert.Equal(Lamp.Green, AnsweredOrder().LampAt(At(99)));
    }
}
