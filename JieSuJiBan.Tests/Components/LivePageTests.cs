using Bunit;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Realtime;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class LivePageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private readonly Feed _feed = portal.Get<Feed>();

    [Fact]
    public async Task HoweverManyWakeUps_WhileOneIsAnswered_AreAnsweredByOneMore()
    {
        await using var stage = new Stage(portal, Street);
        var page = stage.Render<Reader>().Instance;
        var slow = page.Delay();

        var first = _feed.PublishAsync(page.Topic);
        for (var n = 0; n < 20; n++)
        {
            await _feed.PublishAsync(page.Topic);
        }

        slow.SetResult();
        await first;

        Assert.Equal(3, page.Readings);
    }

    [Fact]
    public async Task APageThatRests_AnswersTheFirstWakeUpAtOnce_AndNoOtherUntilItHasRested()
    {
        await using var stage = new Stage(portal, Street);
        var page = stage.Render<Reader>(parameters => parameters.Add(reader => reader.Resting, TimeSpan.FromHours(1))).Instance;

        await _feed.PublishAsync(page.Topic);
        await page.UntilAsync(2);
        for (var n = 0; n < 20; n++)
        {
            await _feed.PublishAsync(page.Topic);
        }

        Assert.Equal(2, page.Readings);
    }

    [Fact]
    public async Task WhatCameWhileAPageRested_IsReadAfterwards()
    {
        await using var stage = new Stage(portal, Street);
        var page = stage.Render<Reader>(parameters => parameters.Add(reader => reader.Resting, TimeSpan.FromMilliseconds(20))).Instance;

        await _feed.PublishAsync(page.Topic);
        await page.UntilAsync(2);
        await _feed.PublishAsync(page.Topic);

        await page.UntilAsync(3);
    }

    [Fact]
    public async Task LeavingWhileItReads_TroublesNobody()
    {
        await using var stage = new Stage(portal, Street);
        var around = stage.Render<Around>();
        var page = around.FindComponent<Reader>().Instance;
        var slow = page.Delay();
        var waking = page.Wake();

        around.Render(parameters => parameters.Add(shell => shell.IsLeft, true));
        slow.SetCanceled(Xunit.TestContext.Current.CancellationToken);
        await waking;

        Assert.Equal("下一页", around.Find("p").Text());
        Assert.Equal(0, _feed.CountSubscribers(page.Topic));
    }

    [Fact]
    public async Task AFailureWhileReading_IsThisPagesTrouble_NotTheWriters()
    {
        await using var stage = new Stage(portal, Street);
        var around = stage.Render<Around>();
        var page = around.FindComponent<Reader>().Instance;
        page.Delay().SetException(new InvalidOperationException("bug"));

        await _feed.PublishAsync(page.Topic);

        around.WaitForAssertion(() => Assert.Equal("出了问题", around.Find("p").Text()));
    }

    /// <summary>A page whose readings take as long as the test wants.</summary>
    private sealed class Reader : LivePage
    {
        private readonly SemaphoreSlim _read = new(0);
        private TaskCompletionSource? _delay;

        public Topic Topic { get; } = new($"reader:{Guid.NewGuid()}");

        [Parameter]
        public TimeSpan Resting { get; set; }

        public int Readings { get; private set; }

        protected override TimeSpan Rest => Resting;

        public TaskCompletionSource Delay() => _delay = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Wake() => WakeAsync();

        public async Task UntilAsync(int readings)
        {
            while (Readings < readings)
            {
                await _read.WaitAsync(Xunit.TestContext.Current.CancellationToken);
            }
        }

        protected override Task OnInitializedAsync() => WatchAsync(Topic);

        protected override async Task CatchUpAsync()
        {
            Readings++;
            _read.Release();
            await (_delay?.Task ?? Task.CompletedTask);
        }
    }

    /// <summary>What stands around a page: its error boundary, and the next page once it is left.</summary>
    private sealed class Around : ComponentBase
    {
        [Parameter]
        public bool IsLeft { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<ErrorBoundary>(0);
            builder.AddAttribute(1, nameof(ErrorBoundary.ChildContent), (RenderFragment)(page =>
            {
                if (IsLeft)
                {
                    page.AddMarkupContent(0, "<p>下一页</p>");
                }
                else
                {
                    page.OpenComponent<Reader>(1);
                    page.CloseComponent();
                }
            }));
            builder.AddAttribute(2, nameof(ErrorBoundary.ErrorContent), (RenderFragment<Exception>)(_ => fault => fault.AddMarkupContent(0, "<p>出了问题</p>")));
            builder.CloseComponent();
        }
    }
}
