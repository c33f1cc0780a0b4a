using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;

namespace JieSuJiBan.Tests.Support;

/// <summary>Reads from a log, word for word and without a look at how the portal does it, what counts as said first.</summary>
internal static class FirstResults
{
    public static PetitionerCalledBack? Of(IEnumerable<LogEntry> log)
    {
        var (first, isWrong) = ((PetitionerCalledBack?)null, false);
        foreach (var entry in log)
        {
            switch (entry.Event)
            {
                case ContestDecided { Replaces: true }: isWrong = true; break;
                case ObjectionReviewed { Upheld: true }: isWrong = false; break;              // another unit's now
                case CallbackMissed { Try: >= CaseFile.CallbackTries }: isWrong = false; break;
                case PetitionerCalledBack { IsValid: true } said: (first, isWrong) = (first is null || isWrong ? said : first, false); break;
            }
        }

        return first;
    }
}
