using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Web.Dispatch;

public sealed class MatchBook
{
    public Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task LearnAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public DispatchProposal? Propose(CaseFile file) => null;

    public void Add(CaseFile file) { }

    public IReadOnlyList<(Guid Case, double Likeness)> Similar(CaseFile file, int most) => [];
}
