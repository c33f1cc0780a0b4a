using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CasesAreTriaged : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_NextUnit_NextStep_SafetyWord",
                table: "Cases");

            migrationBuilder.AddColumn<byte[]>(
                name: "Trace",
                table: "Petitioners",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "JoinedCount",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "MergedInto",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Crowds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Home = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Street = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Class = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 150, nullable: false),
                    Rule = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    RaisedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Whistle = table.Column<Guid>(type: "TEXT", nullable: true),
                    WhistleNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Crowds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DispatchPolicies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    IsAutomatic = table.Column<bool>(type: "INTEGER", nullable: false),
                    Threshold = table.Column<double>(type: "REAL", nullable: false),
                    CrowdSize = table.Column<int>(type: "INTEGER", nullable: false),
                    CrowdHours = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DispatchPolicies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lessons",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    IsRight = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lessons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Triage",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    RaisedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Class = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Home = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Street = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    PlaceName = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    PendingSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Proposal = table.Column<string>(type: "TEXT", nullable: true),
                    Proposed = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Confidence = table.Column<double>(type: "REAL", nullable: false),
                    Crowd = table.Column<Guid>(type: "TEXT", nullable: true),
                    Lead = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    DispatchedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    IsAutomatic = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsRight = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Triage", x => x.CaseId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Petitioners_Trace",
                table: "Petitioners",
                column: "Trace");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_NextUnit_NextStep_SafetyWord_Id",
                table: "Cases",
                columns: new[] { "NextUnit", "NextStep", "SafetyWord", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Crowds_District_Class_Place_RaisedAt",
                table: "Crowds",
                columns: new[] { "District", "Class", "Place", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Crowds_District_State_LastAt",
                table: "Crowds",
                columns: new[] { "District", "State", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Crowds_Street_State_LastAt",
                table: "Crowds",
                columns: new[] { "Street", "State", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_DispatchPolicies_District",
                table: "DispatchPolicies",
                column: "District",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Lessons_District_Id",
                table: "Lessons",
                columns: new[] { "District", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Triage_Crowd_RaisedAt",
                table: "Triage",
                columns: new[] { "Crowd", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Triage_District_DispatchedAt_IsAutomatic_IsRight",
                table: "Triage",
                columns: new[] { "District", "DispatchedAt", "IsAutomatic", "IsRight" });

            migrationBuilder.CreateIndex(
                name: "IX_Triage_District_PlaceName_Class_RaisedAt",
                table: "Triage",
                columns: new[] { "District", "PlaceName", "Class", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Triage_PendingSince",
                table: "Triage",
                column: "PendingSince",
                filter: "\"PendingSince\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Crowds");

            migrationBuilder.DropTable(
                name: "DispatchPolicies");

            migrationBuilder.DropTable(
                name: "Lessons");

            migrationBuilder.DropTable(
                name: "Triage");

            migrationBuilder.DropIndex(
                name: "IX_Petitioners_Trace",
                table: "Petitioners");

            migrationBuilder.DropIndex(
                name: "IX_Cases_NextUnit_NextStep_SafetyWord_Id",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Trace",
                table: "Petitioners");

            migrationBuilder.DropColumn(
                name: "JoinedCount",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "MergedInto",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_NextUnit_NextStep_SafetyWord",
                table: "Cases",
                columns: new[] { "NextUnit", "NextStep", "SafetyWord" });
        }
    }
}
