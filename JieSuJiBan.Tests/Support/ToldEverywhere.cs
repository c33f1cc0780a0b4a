using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Files;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Support;

/// <summary>A case in which every part of a file has something, and the same words stand in everything that anybody can write.</summary>
internal static class ToldEverywhere
{
    public static async Task<Guid> TellEverywhereAsync(this PortalFixture portal, string told)
    {
        var id = await portal.RegisterAsync(Garage with { Title = $"请回复{Caller.Name}", Text = told, Place = told });
        var photo = (await portal.Get<FileStore>().SaveAsync($"{Caller.Name}家{Caller.Phone}.png", new MemoryStream(Pictures.Png()), Street)).File!.ToRef();
        await DoAsync(Dispatcher, (file, at) => file.Dispatch(new DispatchOrder(Mafang, [], at.AddDays(7), "一般诉求7日", told), Rules.Calendar, Dispatcher, at));
        await DoAsync(Street, (file, at) => file.ObjectToDispatch(told, told, null, Rules, Street, at));
        await DoAsync(Supervisor, (file, at) => file.ReviewObjection(false, told, Supervisor, at));
        await DoAsync(Street, (file, at) => file.Accept(Street, at));
        await DoAsync(Street, (file, at) => file.Contact(true, told, Street, at));
        await DoAsync(Street, (file, at) => file.Assign(Huijing, told, Street, at));
        await DoAsync(Street, (file, at) => file.Progress(told, [photo], Street, at));
        await portal.WhistleAsync(id, told);
        await DoAsync(Street, (file, at) => file.Submit(told, null, Street, at));
        await DoAsync(StreetHead, (file, at) => file.ReturnResult(told, StreetHead, at));
        await DoAsync(Street, (file, at) => file.Submit(told, null, Street, at));
        await DoAsync(StreetHead, (file, at) => file.Answer(told, StreetHead, at));
        portal.Clock.Advance(TimeSpan.FromDays(20));
        await DoAsync(Dispatcher, (file, at) => file.CallBack(new CallbackAnswer(true, true, Satisfaction.Satisfied, Remark: told), Dispatcher, at));
        await DoAsync(Dispatcher, (file, at) => file.Reveal(told, Dispatcher, at));
        return id;

        Task DoAsync(Actor by, Func<CaseFile, DateTimeOffset, Outcome> act) => portal.DoAsync(id, by, file => act(file, portal.Tick()));
    }

    private static async Task WhistleAsync(this PortalFixture portal, Guid id, string told)
    {
        var whistle = await portal.DraftAsync(id, Brief with
        {
            Title = $"请回复{Caller.Name}",
            Tried = told,
            LegalBasis = told,
            Summons = [new Summons(EnergyOffice, true, told), new Summons(PowerCompany, false, told)],
        });
        await DoAsync(Street, (room, at) => room.Submit(Rules, Street, at));
        await DoAsync(StreetHead, (room, at) => room.Sign(told, Rules, StreetHead.Fresh(at), at));
        await DoAsync(Energy, (room, at) => room.Respond(null, told, Energy, at));
        await DoAsync(Power, (room, at) => room.ObjectToSummons(told, told, Rules, Power, at));
        await DoAsync(Energy, (room, at) => room.ReportIn(ReportMode.OnSite, told, null, Energy, at));
        await DoAsync(Power, (room, at) => room.ReportIn(ReportMode.Video, told, null, Power, at));
        await DoAsync(Energy, (room, at) => room.Post(told, null, null, Energy, at));
        await DoAsync(Energy, (room, at) => room.Commit(told, $"由{Caller.Name}接待", at.AddDays(3), Energy, at));
        await DoAsync(Street, (room, at) => room.AskLeader(new LeaderQuestion(RequestKind.Extension, told, at.AddDays(10), null, told), Rules, Street, at));
        await DoAsync(DistrictLeader, (room, at) => room.Decide(1, Decision.Approved, told, null, null, Rules, DistrictLeader.Fresh(at), at));
        await DoAsync(Street, (room, at) => room.IssueMinutes(told, Street, at));
        await DoAsync(Energy, (room, at) => room.DisputeMinutes(told, Energy, at));
        await DoAsync(Energy, (room, at) => room.FeedBack(1, told, null, Energy, at));
        await DoAsync(Street, (room, at) => room.SendBack(1, told, Street, at));
        await DoAsync(Energy, (room, at) => room.FeedBack(1, told, null, Energy, at));
        await DoAsync(Street, (room, at) => room.Settle(1, Street, at));
        await DoAsync(Street, (room, at) => room.Release(PowerCompany, told, Street, at));
        await DoAsync(Street, (room, at) => room.Confirm(told, Rules, Street, at));
        await DoAsync(Street, (room, at) => room.AssessUnit(EnergyOffice, new UnitRating(5, 5, 5, 5, told), Street, at));
        await DoAsync(Energy, (room, at) => room.AssessWhistle(new WhistleRating(5, 5, 5, told), Energy, at));
        await DoAsync(Street, (room, at) => room.End(Street, at));

        Task DoAsync(Actor by, Func<Whistle, DateTimeOffset, Outcome> act) => portal.InRoomAsync(whistle, by, room => act(room, portal.Tick()));
    }

    private static DateTimeOffset Tick(this PortalFixture portal)
    {
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        return portal.Clock.GetUtcNow();
    }
}
