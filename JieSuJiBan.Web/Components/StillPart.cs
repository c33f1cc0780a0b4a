using Microsoft.AspNetCore.Components;

namespace JieSuJiBan.Web.Components;

/// <summary>
/// A part of a live page that is drawn again only if what it is given has changed. Blazor cannot know that of objects; here they are
/// never changed in place, so the same reference is the same content.
/// </summary>
public abstract class StillPart : OfficerComponent
{
    private Dictionary<string, object?>? _given;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        var given = parameters.ToDictionary();
        if (_given is { } known && known.Count == given.Count && given.All(pair => known.TryGetValue(pair.Key, out var value) && Equals(value, pair.Value)))
        {
            return Task.CompletedTask;
        }

        _given = new Dictionary<string, object?>(given!);
        return base.SetParametersAsync(parameters);
    }
}
