using System.Net;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Reviews;
using JieSuJiBan.Web.Supervision;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A review at its desk: one of each rhythm at a time, its decisions are tasks, its numbers are frozen, and who may look.</summary>
public sealed class ReviewDeskTests : IAsyncLifetime
{
    private static readonly Actor s_elsewhere = new("cy", "某某", new OrgPath("/11/110105/d.zhzx/"), "区指挥中心", Role.Dispatcher, Morning);

    private readonly PortalFixture _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ReviewDesk Desk => _portal.Get<ReviewDesk>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task OneOfARhythm_IsHeldAtATime_AndTheNextBeginsWhereItEnded()
    {
        var id = await OpenAsync(Dispatcher);
        Assert.Equal(id, await OpenAsync(DistrictLeader));
        Assert.NotEqual(id, await OpenAsync(Street));
        Assert.NotEqual(id, await OpenAsync(Dispatcher, Rhythm.Weekly));

        await _portal.RegisterAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Count(await FiguresAsync(id, Dispatcher), FigureKind.Registered));
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        await CloseAsync(id);
        await _portal.RegisterAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        var closed = (await Desk.FindAsync(id, Dispatcher, Stop))!;
        Assert.Equal(1, Count(closed.Figures, FigureKind.Registered));
        var next = await OpenAsync(Dispatcher);
        Assert.Equal(closed.To, (await Desk.FindAsync(next, Dispatcher, Stop))!.From);
        Assert.Equal(1, Count(await FiguresAsync(next, Dispatcher), FigureKind.Registered));
        Assert.Equal(id, (await _portal.Get<ReviewList>().BeforeAsync((await Desk.FindAsync(next, Dispatcher, Stop))!, Stop))!.Id);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task ADecision_IsATaskOfItsUnit_AndTheNextReviewAsksAfterIt()
    {
        var id = await OpenAsync(Dispatcher);
        Assert.Null((await Desk.DecideAsync(id, Fix, Dispatcher)).Refusal);

        var decision = Assert.Single((await Desk.FindAsync(id, Dispatcher, Stop))!.Decisions);
        var order = (await _portal.Get<SupervisionDesk>().FindAsync(decision.Order, Energy, Stop))!;
        Assert.Equal((SupervisionKind.Task, decision.OrderNumber, EnergyOffice, id, Fix.DueAt), (order.Kind, order.Number, order.Unit, order.SubjectId, order.DueAt));
        Assert.Contains(Fix.Person, order.Text, StringComparison.Ordinal);
        Assert.Contains(await NumbersAsync(Energy), number => number == order.Number);

        await CloseAsync(id);
        var next = (await Desk.FindAsync(await OpenAsync(Dispatcher), Dispatcher, Stop))!;
        Assert.Equal(1, Count(await _portal.Get<ReviewFigures>().ReadAsync(next, _portal.Clock.GetUtcNow(), Dispatcher, Stop), FigureKind.OpenTasks));
        Assert.Equal(order.Number, Assert.Single((await _portal.Get<ReviewFigures>().ListAsync(next, FigureKind.OpenTasks, Dispatcher, 1, Stop)).Lines).Number);
        Assert.Equal((order.Number, SupervisionState.Issued), Assert.Single(await _portal.Get<ReviewList>().OpenTasksAsync(next, Dispatcher, Stop)) is var open ? (open.Number, open.State) : default);
        Assert.Equal(SupervisionState.Issued, (await _portal.Get<ReviewList>().TasksAsync((await Desk.FindAsync(id, Dispatcher, Stop))!, Stop))[order.Id].State);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task ATaskThatMayNotBeGiven_IsNoDecisionEither()
    {
        var street = await OpenAsync(Street);

        Assert.Equal("supervision.role", (await Desk.DecideAsync(street, Fix, Street)).Refusal?.Code);
        Assert.Equal("review.unit", (await Desk.DecideAsync(street, Fix with { Unit = District.Child("d.nosuch") }, Street)).Refusal?.Code);
        Assert.Empty((await Desk.FindAsync(street, Street, Stop))!.Decisions);
        Assert.Null((await Desk.DecideAsync(street, Fix with { Unit = Huijing }, Street)).Refusal);
        Assert.Single((await Desk.FindAsync(street, Street, Stop))!.Decisions);
    }

    [Fact]
    public async Task WhileItIsHeld_ItsKeepersSeeIt_Afterwards_WhoeverWorksThere_AndNobodyElse()
    {
        var (id, street) = (await OpenAsync(Dispatcher), await OpenAsync(Street));
        Assert.All(await SeesAsync(id, Dispatcher, Supervisor, DistrictLeader), Assert.True);
        Assert.All(await SeesAsync(id, Street, Energy, Village, s_elsewhere, Administrator), Assert.False);
        Assert.All(await SeesAsync(street, OtherStreet, Dispatcher, Village), Assert.False);
        Assert.Equal("unknown", (await Desk.CloseAsync(id, Energy)).Refusal?.Code);

        await CloseAsync(id);
        Assert.All(await SeesAsync(id, Street, Energy, Village), Assert.True);
        Assert.All(await SeesAsync(id, s_elsewhere, Administrator), Assert.False);
        foreach (var (actor, path, status) in new[]
        {
            (Energy, $"/reviews/{id}", HttpStatusCode.OK), (Energy, $"/reviews/{id}/record", HttpStatusCode.OK), (Energy, $"/reviews/{id}/{FigureKind.Open}", HttpStatusCode.NotFound),
            (Dispatcher, $"/reviews/{id}/{FigureKind.Open}", HttpStatusCode.OK), (Dispatcher, $"/reviews/{id}/Nothing", HttpStatusCode.NotFound),
            (Street, $"/reviews/{street}/record", HttpStatusCode.NotFound), (Street, $"/reviews/{street}/record.pdf", HttpStatusCode.NotFound),
        })
        {
            using var client = _portal.CreateClientFor(actor);
            Assert.Equal(status, await client.StatusOfAsync(path));
        }
    }

    private async Task<Guid> OpenAsync(Actor by, Rhythm rhythm = Rhythm.Daily)
    {
        var (id, outcome) = await Desk.OpenAsync(rhythm, by);
        Assert.Null(outcome.Refusal);
        return id;
    }

    private async Task CloseAsync(Guid id)
    {
        Assert.Null((await Desk.DoAsync(id, Dispatcher, review => review.Attend(Round, Dispatcher, _portal.Clock.GetUtcNow()))).Refusal);
        Assert.Null((await Desk.CloseAsync(id, Dispatcher)).Refusal);
    }

    private async Task<IReadOnlyList<Figure>> FiguresAsync(Guid id, Actor by) => await _portal.Get<ReviewFigures>().ReadAsync((await Desk.FindAsync(id, by, Stop))!, _portal.Clock.GetUtcNow(), by, Stop);

    private static int Count(IReadOnlyList<Figure> figures, FigureKind kind) => figures.Single(figure => figure.Kind == kind).Count;

    private async Task<IEnumerable<string?>> NumbersAsync(Actor actor) => (await _portal.Get<NoticeDesk>().ListAsync(actor, null, 1, Stop)).Notices.Select(notice => notice.Number);

    private async Task<List<bool>> SeesAsync(Guid id, params Actor[] actors)
    {
        var seen = new List<bool>();
        foreach (var actor in actors)
        {
            seen.Add(await Desk.FindAsync(id, actor, Stop) is not null);
        }

        return seen;
    }
}
