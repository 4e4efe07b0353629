using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>
/// What a webhook has to do, written for being obviously right: one list of all that is undelivered, in order, the first few of
/// which are the current batch. Everything is searched and summed anew each time.
/// </summary>
internal sealed class WebhookModel(WebhookDefinition definition, long maxBytes, DeadLetterLimits letterLimits, double jitter)
{
    private int _current;
    private int _batches;
    private int _flushes;
    private int _parts;
    private bool _isFull;
    private TimeSpan? _flushStart;
    private TimeSpan _retryAt;
    private int _refusals;
    private int _limit = definition.Batch.MaxBytes;
    private int _fullBatches;
    private AttemptOutcome? _failure;

    public WebhookDefinition Definition { get; private set; } = definition;

    public List<ModelItem> Items { get; } = [];

    public ModelBooks Books { get; } = new(letterLimits);

    public int Failures { get; private set; }

    public bool IsInFlight { get; private set; }

    public bool IsPaused { get; set; }

    public bool IsGone { get; private set; }

    public bool IsDraining { get; set; }

    public bool HasBatch => _current > 0;

    public long Used => Items.Sum(item => item.Cost);

    public WebhookState StateAt(TimeSpan now) =>
        IsGone ? WebhookState.Gone
        : IsPaused ? WebhookState.Paused
        : IsDraining ? WebhookState.Draining
        : IsInFlight ? WebhookState.Sending
        : Items.Count == 0 ? WebhookState.Idle
        : now < _retryAt ? WebhookState.BackingOff
        : WebhookState.Waiting;

    /// <returns>Which of the events there is room for, on their way together.</returns>
    public IReadOnlyList<WebhookEvent> Offer(IReadOnlyList<WebhookEvent> events, TimeSpan now)
    {
        var taken = new List<ModelItem>();
        foreach (var item in events.Select(e => new ModelItem(e, now)))
        {
            if (Used + taken.Sum(other => other.Cost) + item.Cost <= maxBytes * (Definition.Lossy ? 2 : 1))
                taken.Add(item);
        }

        for (var i = 0; i < taken.Count; i++)
        {
            Books.Accepted++;
            Items.Add(taken[i]);
            if (IsGone)
                Bury(1, DeadLetterReason.Gone);
            while (Definition.Lossy && Items.Count > _current && Used + taken.Skip(i + 1).Sum(other => other.Cost) > maxBytes)
            {
                Items.RemoveAt(_current);
                Books.Drop(1, DropReason.Overflow);
            }
        }

        return [.. taken.Select(item => item.Event)];
    }

    public ModelStep Next(TimeSpan now)
    {
        if (IsInFlight || IsGone)
            return default;
        Expire(now);
        if (Items.Count == 0)
            return default;
        var dies = Items[0].AcceptedAt + Definition.DiscardAfter;
        if (IsPaused)
            return Wait(TimeSpan.MaxValue);
        if (now < _retryAt)
            return Wait(_retryAt);
        if (_current == 0 && Items[0].Flush == 0)
        {
            var due = IsDraining || _flushStart is null ? now : _flushStart.Value + Definition.Throttle;
            if (now < due)
                return Wait(due);
            _flushStart = now;
            _flushes++;
            Label(0, Items.Count, item => item with { Flush = _flushes });
        }

        if (_current == 0)
            Cut();
        IsInFlight = true;
        return new ModelStep(_batches, [.. Items.Take(_current).Select(item => item.Id)], null);

        ModelStep Wait(TimeSpan until) =>
            dies < until ? new(0, null, dies + TimeSpan.FromTicks(1) - now) : until == TimeSpan.MaxValue ? default : new(0, null, until - now);
    }

    public void Finish(AttemptOutcome outcome, TimeSpan now)
    {
        var (count, isAlone, isRefusal) = (_current, _current == 1, outcome.Status is 400 or 422);
        IsInFlight = false;
        _failure = outcome.Status is >= 200 and < 300 ? null : outcome;
        LearnLimit();
        if (_failure is null)
        {
            (Failures, _refusals, _current) = (0, 0, 0);
            Books.Delivered += count;
            Items.RemoveRange(0, count);
        }
        else if (outcome.Status == 410)
        {
            IsGone = true;
            Bury(Items.Count, DeadLetterReason.Gone);
        }
        else if (Definition.Lossy)
        {
            Items.RemoveRange(0, count);
            _current = 0;
            Books.Drop(count, DropReason.Lossy);
            BackOff(outcome, now);
        }
        else if (isAlone && (outcome.Status == 413 || (isRefusal && _refusals < 5)))
        {
            _refusals += isRefusal ? 1 : 0;
            Bury(1, DeadLetterReason.Refused);
        }
        else if (isAlone || !(isRefusal || outcome.Status == 413))
        {
            BackOff(outcome, now);
        }
        else
        {
            Part(0, count / 2);
            Part(count / 2, count);
            _current = 0;
            if (_refusals >= 5)
                BackOff(outcome, now);
        }
    }

    public void Interrupt(TimeSpan now)
    {
        if (IsInFlight)
            BackOff(null, now);
        IsInFlight = false;
    }

    public void Resume()
    {
        RetryNow();
        (IsPaused, IsGone) = (false, false);
    }

    public void RetryNow() => (Failures, _retryAt, _limit, _fullBatches) = (0, default, Definition.Batch.MaxBytes, 0);

    public void Configure(WebhookDefinition changed)
    {
        if (changed.Batch.MaxBytes != Definition.Batch.MaxBytes)
            (_limit, _fullBatches) = (changed.Batch.MaxBytes, 0);
        (Definition, IsGone, IsDraining) = (changed, false, false);
    }

    /// <returns>The ids of what was replayed.</returns>
    public IReadOnlyList<string> Replay(TimeSpan now)
    {
        var fitting = IsGone ? 0 : Books.Letters.TakeWhile((_, i) => Used + Books.Letters.Take(i + 1).Sum(letter => letter.EventCost) <= maxBytes).Count();
        var replayed = Books.Letters.Take(fitting).Select(letter => new ModelItem(letter.Event, now)).ToList();
        Books.Letters.RemoveRange(0, fitting);
        Items.AddRange(replayed);
        return [.. replayed.Select(item => item.Id)];
    }

    public int Abandon()
    {
        var count = Items.Count;
        Items.Clear();
        (_current, IsInFlight) = (0, false);
        Books.Drop(count, DropReason.Stopped);
        return count;
    }

    private void Cut()
    {
        var first = Items[0];
        var (bytes, limits) = (12, Definition.Batch);
        for (_isFull = false; _current < Items.Count && Items[_current].Flush == first.Flush && Items[_current].Part == first.Part; _current++)
        {
            bytes += Items[_current].Length + 1;
            if (first.Part > 0 || _current == 0)
                continue;
            _isFull = _current < limits.MaxEvents && bytes > _limit;
            if (_isFull || _current == limits.MaxEvents)
                break;
        }

        _batches++;
    }

    private void LearnLimit()
    {
        if (_failure?.Status == 413 && 12 + Items.Take(_current).Sum(item => item.Length + 1) <= _limit)
            (_limit, _fullBatches) = (Math.Max(1024, _limit / 2), 0);
        if (_failure is null && _isFull && _limit < Definition.Batch.MaxBytes && ++_fullBatches == 10)
            (_limit, _fullBatches) = (Math.Min(Definition.Batch.MaxBytes, _limit * 2), 0);
    }

    private void Expire(TimeSpan now)
    {
        var count = Items.TakeWhile(item => now - item.AcceptedAt > Definition.DiscardAfter).Count();
        if (count > 0 && count < _current)
            Part(count, _current);
        if (count > 0)
            Bury(count, DeadLetterReason.Expired);
    }

    private void Bury(int count, DeadLetterReason reason)
    {
        Books.Bury(Items.Take(count), reason, _failure);
        Items.RemoveRange(0, count);
        _current = 0;
    }

    private void BackOff(AttemptOutcome? outcome, TimeSpan now)
    {
        Failures++;
        var (initial, max) = (Definition.Retry.Initial.Ticks, Definition.Retry.Max.Ticks);
        var delay = TimeSpan.FromTicks((long)Math.Min(max, initial * Math.Pow(2, Failures - 1))) * jitter;
        var asked = outcome?.Status is 429 or 503 ? outcome.RetryAfter ?? default : default;
        _retryAt = now + TimeSpan.FromTicks(Math.Max(delay.Ticks, Math.Min(asked.Ticks, TimeSpan.TicksPerHour)));
    }

    private void Part(int from, int to)
    {
        _parts++;
        Label(from, to, item => item with { Part = _parts });
    }

    private void Label(int from, int to, Func<ModelItem, ModelItem> label)
    {
        for (; from < to; from++)
            Items[from] = label(Items[from]);
    }
}
