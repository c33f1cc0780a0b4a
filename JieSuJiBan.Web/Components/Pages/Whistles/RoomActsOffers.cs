using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Components.Pages.Whistles;

/// <summary>What the room offers somebody to do as it stands. A courtesy: the whistle itself decides.</summary>
internal static class RoomActsOffers
{
    public sealed record Offer(string Key, string Name, string Icon, bool IsNext = false, string? Link = null);

    public static IReadOnlyList<Offer> For(Whistle whistle, Actor me) => [.. Signing(whistle, me), .. Reporting(whistle, me), .. Chairing(whistle, me)];

    private static IEnumerable<Offer> Signing(Whistle whistle, Actor me)
    {
        if (whistle.Stage == WhistleStage.Drafted && me.Unit == whistle.Whistler && me.Role.HandlesCases())
        {
            yield return new("submit", "提交审签", "send", true);
            if (whistle.Kind == WhistleKind.Emergency)
            {
                yield return new("sound", "立即吹响", "campaign", true);
            }

            yield return new("revise", "修改", "edit", Link: $"/whistles/{whistle.Id}/edit");
        }

        if (whistle.NeedsSignature && me.Leads(whistle.Signer))
        {
            yield return new("sign", whistle.SoundedAt is null ? "审签" : "补签", "approval", true);
        }
    }

    private static IEnumerable<Offer> Reporting(Whistle whistle, Actor me)
    {
        if (!whistle.Stage.IsLive() || whistle.UnitOf(me) is not { } unit)
        {
            if (whistle.IsBeingAssessed && whistle.UnitOf(me) is { HasAssessed: false })
            {
                yield return new("assess-whistle", "评价吹哨", "star", true);
            }

            yield break;
        }

        if (unit.State is UnitState.Awaiting or UnitState.Objected)
        {
            yield return new("respond", "响应", "reply", true);
        }

        if (unit.ReportedAt is null)
        {
            yield return new("report", "报到", "location_on", unit.State == UnitState.Responded);
            if (unit.State is UnitState.Awaiting or UnitState.Responded)
            {
                yield return new("object", "职责异议", "gavel");
            }
        }
        else
        {
            yield return new("commit", "提出措施", "handshake", unit.State == UnitState.ReportedIn);
            if (unit.State == UnitState.ReportedIn)
            {
                yield return new("refuse", "不予承办", "block");
            }
        }

        if (whistle.MinutesEdition > 0 && unit.Minutes == MinutesAnswer.Waiting)
        {
            yield return new("minutes-answer", "确认纪要", "verified", true);
        }

        yield return new("ask", "提请领导", "publish");
        if (unit is { HasLeft: false, State: UnitState.Committed or UnitState.Refused or UnitState.FedBack or UnitState.Settled })
        {
            yield return new("leave", "离会", "logout");
        }
    }

    private static IEnumerable<Offer> Chairing(Whistle whistle, Actor me)
    {
        if (!whistle.IsChair(me))
        {
            yield break;
        }

        if (whistle.Stage.IsLive())
        {
            if (whistle.Units.Any(unit => unit.State == UnitState.Objected))
            {
                yield return new("release", "处理职责异议", "gavel", true);
            }

            if (whistle.ToReport.Any())
            {
                yield return new("report-late", "报区", "move_up");
            }

            yield return new("resolve", "新增议定事项", "add_task");
            if (whistle.Stage != WhistleStage.Sounded)
            {
                yield return new("minutes", whistle.MinutesEdition == 0 ? "起草纪要" : "修订纪要", "article",
                    whistle.MinutesEdition == 0 && whistle.Resolutions.Any(resolution => resolution.IsOpen));
            }

            if (whistle.Stage == WhistleStage.Executing && whistle.Units.All(unit => unit.State is UnitState.Settled or UnitState.Refused or UnitState.Released))
            {
                yield return new("confirm", "确认解决", "verified", true);
            }

            yield return new("summon", "增加单位", "group_add");
            if (whistle.UnitOf(me) is null)
            {
                yield return new("ask", "提请领导", "publish");
            }
        }

        if (whistle.Stage == WhistleStage.Confirmed)
        {
            var left = whistle.Units.Where(unit => unit is { IsActive: true, IsAssessed: false }).ToList();
            yield return left.Count > 0 ? new("assess", "评价报到单位", "star", true) : new("end", "结哨", "flag", true);
        }

        if (whistle.Stage.IsOpen() && whistle.Stage != WhistleStage.Confirmed)
        {
            yield return new("recall", "撤哨", "cancel");
        }
    }
}
