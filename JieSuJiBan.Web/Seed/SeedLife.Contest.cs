using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Seed;

// What a unit has to say against what was counted for it.
internal sealed partial class SeedLife
{
    private void Contest()
    {
        if (File.CountedUnit is not { } unit || File.Nature == Nature.Report)
        {
            return;
        }

        var kind = chance.Is(0.4) ? ContestKind.Unreasonable : ContestKind.Result;
        if (!Step(Minutes(60, 3000), at => File.Contest(kind, chance.Of(ContestGrounds.Of(kind)), chance.Of(SeedWords.Contests), null, CallbackTerms.Default, Times.Calendar, cast.Officer(unit, at, _who), at)))
        {
            return;
        }

        var supported = chance.Is(0.4);
        if (Step(Minutes(300, 4000), at => File.ExamineContest(supported, supported ? "经核查，单位所述属实。" : "经核查，单位所述依据不足。", CallbackTerms.Default, Times.Calendar, cast.Dispatcher(at, _who + 5), at)))
        {
            Step(Minutes(300, 4000), at => File.DecideContest(supported, ContestRemedy.Exclude, supported ? "同意核查意见，本案不计入三率。" : "依据不足，不予认定。", cast.Supervisor(at), at));
        }
    }
}
