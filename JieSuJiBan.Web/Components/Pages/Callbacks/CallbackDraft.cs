using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Components.Pages.Callbacks;

/// <summary>What has been ticked so far in one call. What the petitioner has said himself is where the talk starts; nothing else is ticked beforehand.</summary>
public sealed class CallbackDraft
{
    public bool IsReached { get; set; } = true;
    public Reached Person { get; set; }
    public bool? Contacted { get; set; }
    public bool? Solved { get; set; }
    public Satisfaction? Satisfaction { get; set; }
    public UnsolvedReason? Unsolved { get; set; }
    public UnsatisfiedReason? Unsatisfied { get; set; }
    public string Remark { get; set; } = "";
    public DateTimeOffset? Again { get; set; }

    /// <summary>Where the talk starts: if nobody answers, in two hours again, or tomorrow morning.</summary>
    public static CallbackDraft For(CaseFile? file, DateTimeOffset now)
    {
        var later = now.AddHours(2);
        var local = later.ToOffset(TimeSpan.FromHours(8));
        var own = file?.Rating;
        return new()
        {
            Again = local.Hour is >= 9 and < 20 ? later : new DateTimeOffset(local.Date.AddDays(local.Hour < 9 ? 0 : 1).AddHours(9), local.Offset).ToUniversalTime(),
            Solved = own?.Solved,
            Satisfaction = own?.Satisfaction,
            Remark = own?.Remark ?? "",
        };
    }

    /// <summary>One key, one answer.</summary>
    public void Press(string key)
    {
        switch (key)
        {
            case "0": IsReached = !IsReached; break;
            case "1" or "2" when IsReached: Contacted = key == "1"; break;
            case "3" or "4" when IsReached: Solved = key == "3"; break;
            case "5" or "6" or "7" or "8" when IsReached: Satisfaction = Enum.GetValues<Satisfaction>()[key[0] - '5']; break;
        }
    }

    public IEnumerable<Refusal> Problems()
    {
        if (!IsReached)
        {
            yield break;
        }

        if (Contacted is null)
        {
            yield return new("case.missing.contacted", "请选择承办单位是否联系过。", "Say whether the unit has contacted him.", "contacted");
        }

        if (Solved is null)
        {
            yield return new("case.missing.solved", "请选择是否解决。", "Say whether it is solved.", "solved");
        }

        if (Satisfaction is null)
        {
            yield return new("case.missing.satisfaction", "请选择是否满意。", "Say whether he is satisfied.", "satisfaction");
        }

        if (Contacted is not null && Solved is not null && Satisfaction is not null)
        {
            foreach (var problem in Answer.Tidy().Problems())
            {
                yield return problem;
            }
        }
    }

    public CallbackAnswer Answer => new(Contacted ?? false, Solved ?? false, Satisfaction ?? Domain.Cases.Satisfaction.NotSaid, Unsolved, Unsatisfied, Remark, Person);

    public Domain.Outcome Give(CaseFile file, Domain.Organisation.Actor by, DateTimeOffset now) =>
        IsReached ? file.CallBack(Answer, by, now) : file.MissCall(Remark, Again, by, now);
}
