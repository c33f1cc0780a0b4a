using Microsoft.JSInterop;

namespace JieSuJiBan.Web.Components;

public static class LineAnswer
{
    /// <summary>Proves to a page that has slept that its line to the server still holds.</summary>
    [JSInvokable]
    public static void AnswerLine()
    {
        // That it answers is the answer.
    }
}
