using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Home;

/// <summary>
/// The words that a leader would most often write (拟办意见), from what is asked. He takes them with one touch, changes them or writes
/// his own. They go into the record, which is kept in Chinese.
/// </summary>
public sealed class ProposedText(UnitBook units)
{
    public string? For(Whistle whistle, LeaderRequest request, Decision decision)
    {
        var asker = Name(request.AskedBy);
        var lead = whistle.Units.FirstOrDefault(unit => unit is { IsActive: true, IsLead: true }) is { } first ? Name(first.Unit) : asker;
        return (request.Kind, decision) switch
        {
            (RequestKind.Extension or RequestKind.Suspension, not Decision.Instructed) => For(request.Kind, decision, request.Until, asker),
            (RequestKind.Escalation, Decision.Approved) => $"同意提级。请{lead}牵头研究，提出解决意见；{asker}继续做好对诉求人的解释。",
            (RequestKind.Escalation, Decision.Returned) => $"请{asker}先会同{lead}会商，把能办的先办，仍不能定的再报。",
            (RequestKind.Reassignment, Decision.Approved) => $"同意改由{Name(request.NewUnit)}承办。请{Name(request.Unit)}移交已掌握的情况。",
            (RequestKind.Reassignment, Decision.Returned) => $"按职责仍由{Name(request.Unit)}承办，请抓紧报到。",
            (RequestKind.Overdue, Decision.Approved or Decision.Instructed) => $"请{Name(request.Unit)}立即办理，并向{asker}说明逾期原因。",
            (_, Decision.Instructed) => $"请{lead}牵头、有关单位配合，限期提出措施并落实，结果报我。",
            _ => null,
        };
    }

    public string? For(CaseFile file, CaseRequest request, Decision decision)
    {
        var asker = Name(request.AskedBy);
        return (request.Kind, decision) switch
        {
            (RequestKind.Escalation, Decision.Approved) => $"同意提级，由区里协调；{asker}继续做好对诉求人的解释。",
            (RequestKind.Escalation, Decision.Returned) => $"请{asker}先吹哨会商，把能办的先办，仍不能定的再报。",
            (_, Decision.Instructed) => $"请{asker}抓紧办理{file.Place}的问题，结果报我。",
            _ => For(request.Kind, decision, request.Until, asker),
        };
    }

    public string For(Crowd crowd) => $"请{Name(crowd.Street)}即到现场核实{crowd.Place}的情况，今日内拿出处置意见；需部门到场的，立即吹哨。";

    private static string? For(RequestKind kind, Decision decision, DateTimeOffset? until, string asker) => (kind, decision) switch
    {
        (RequestKind.Extension, Decision.Approved) => $"同意延至{until?.Full()}。请抓紧办理，不再延期，并继续向诉求人说明进展。",
        (RequestKind.Extension, Decision.Returned) => "延期理由不充分，请按原时限办结。",
        (RequestKind.Suspension, Decision.Approved) => $"同意挂账至{until?.Day()}。请{asker}每月核实一次，条件具备即恢复办理。",
        (RequestKind.Suspension, Decision.Returned) => "暂不挂账。请先落实临时措施，并向诉求人说明。",
        _ => null,
    };

    private string Name(OrgPath? unit) => unit is { } path ? units.ShortName(path) : "";
}
