using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Components.Pages.Callbacks;

/// <summary>What has been ticked so far in one call. Nothing is ticked beforehand: the answers are the petitioner's.</summary>
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
